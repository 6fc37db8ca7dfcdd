public import DLPrepBytes
public import DLPrepData

/// Features, target, weight, group and part as tensors of one `.safetensors` file, what they are in
/// its metadata, and ids as a CSV table beside it.
///
/// The header holds the sizes, so it is written last, into room that was left for it. The features
/// go straight to their place; the other tensors come after them, wherever that may be, and wait in
/// spools. Where the header lists groups, its size isn't known before the end: then the features
/// wait, too.
public final class SafetensorsSink: TableSink {
  private let layout: TensorLayout
  private let output: PlacedOutput
  private let arrays: [(array: TensorArray, values: PlacedOutput)]
  private let ids: DelimitedSink?
  private let idsFile: OutputFile?
  /// Where the tensors start.
  private let start: Int
  /// The features, where they wait.
  private let waiting: PlacedOutput?
  private let missing = MissingCounter()

  /// Writes `path`, and ids beside it.
  public convenience init(
    _ columns: [OutputColumn], path: String, in outputs: OutputSet,
    options: TensorOptions = TensorOptions(), spoolIn directory: String? = nil
  ) throws(PrepError) {
    let layout = try TensorLayout(columns, options)
    let file = try outputs.file(path, isMain: true)
    let sidecars = Sidecars(path)
    let ids = layout.ids.isEmpty ? nil : try outputs.file(sidecars.ids)
    outputs.removeAfterPublish(sidecars.ids)
    try self.init(layout, PlacedOutput(file, spoolIn: directory), ids, directory)
  }

  /// Writes the tensors to a pipe; ids are left out.
  public convenience init(
    tensorsOf columns: [OutputColumn], to output: PlacedOutput,
    options: TensorOptions = TensorOptions(), spoolIn directory: String? = nil
  ) throws(PrepError) {
    try self.init(TensorLayout(columns, options), output, nil, directory)
  }

  private init(
    _ layout: TensorLayout, _ output: PlacedOutput, _ idsFile: OutputFile?, _ directory: String?
  ) throws(PrepError) {
    self.layout = layout
    self.output = output
    var arrays: [(TensorArray, PlacedOutput)] = []
    for array in layout.arrays {
      let spool = try Spool(in: directory)
      arrays.append((array, PlacedOutput(spool: spool, name: output.name)))
    }
    self.arrays = arrays
    self.idsFile = idsFile
    ids = idsFile.map {
      DelimitedSink(layout.ids, to: $0, nullMarker: layout.options.nullMarker)
    }
    waiting =
      if layout.groups != nil {
        PlacedOutput(spool: try Spool(in: directory), name: output.name)
      } else { nil }
    // No file has more rows than this, so no header is longer.
    start = try Self.header(layout, arrays.map(\.0), rows: Self.rowLimit).count
  }

  /// How many missing numbers became NaN in the matrix.
  public var missingCount: Int { missing.value }

  /// What to say of missing values in the other tensors.
  public var missingNotes: [String] { missing.notes(layout) }

  /// The matrix, each array, and the ids.
  public var outputs: Int { 1 + arrays.count + (layout.ids.isEmpty ? 0 : 1) }

  /// All rows have the same size, but those of a table of ids.
  public var takesAnyOrder: Bool { ids == nil }

  /// An encoder for one worker.
  public func makeEncoder() -> any BlockEncoder {
    TensorEncoder(layout, matrixOnly: false, missing)
  }

  private var rowBytes: Int { layout.width * (layout.options.dtype == .float64 ? 8 : 4) }

  /// Writes the rows of a block to their place.
  public func write(_ encoded: borrowing EncodedBlock, firstRow: Int) throws(PrepError) {
    if let waiting {
      try waiting.write(encoded.buffers[0], at: firstRow * rowBytes)
    } else {
      try output.write(encoded.buffers[0], at: start + firstRow * rowBytes)
    }
    for (i, (array, values)) in arrays.enumerated() {
      try values.write(encoded.buffers[1 + i], at: firstRow * array.rowBytes)
    }
    if let idsFile, let ids {
      try ids.begin()
      try idsFile.write(encoded.buffers[1 + arrays.count])
    }
  }

  /// With 100,000 columns of eight bytes still within 64 bits.
  private static var rowLimit: Int { 1 << 40 }

  /// Writes the header, and the arrays behind the features.
  public func finish(rows: Int) throws(PrepError) {
    guard rows <= Self.rowLimit else {
      throw PrepError(.limit, "expected at most \(Self.rowLimit) rows, found \(rows)")
    }
    var header = try Self.header(layout, arrays.map(\.array), rows: rows)
    let start = waiting == nil ? self.start : header.count
    header += repeatElement(UInt8(ascii: " "), count: start - header.count)
    let length = UInt64(start - 8)
    for i in 0..<8 { header[i] = UInt8(truncatingIfNeeded: length >> UInt64(8 * i)) }
    try output.write(header, at: 0)
    try waiting?.copy(to: output, at: start)
    var at = start + rows * rowBytes
    for (array, values) in arrays {
      if array.isRecoded, let ranks = layout.groups?.ranks {
        try values.recode(at: 0, rows: rows, ranks) { _, _ in }
      }
      try values.copy(to: output, at: at)
      at += rows * array.rowBytes
    }
    try ids?.begin()
    try output.finish()
  }

  /// Eight bytes for the length, then the JSON, filled up to eight bytes.
  private static func header(
    _ layout: TensorLayout, _ arrays: [TensorArray], rows: Int
  ) throws(PrepError) -> [UInt8] {
    let isDouble = layout.options.dtype == .float64
    var end = rows * layout.width * (isDouble ? 8 : 4)
    var tensors = [
      tensor("features", isDouble ? "F64" : "F32", [rows, layout.width], 0, end)
    ]
    for array in arrays {
      let next = end + rows * array.rowBytes
      tensors.append(tensor(array.name, array.safetensorsType, [rows], end, next))
      end = next
    }
    let map = try FeatureMap.json(layout, rows: nil, files: []).canonical()
    let metadata = JSON.object([.init("features", .string(map)), .init("format", .text("dlprep"))])
    let json = try JSON.object(tensors + [.init("__metadata__", metadata)]).canonical()
    let filler = (8 - json.count % 8) % 8
    return Array(repeating: 0, count: 8) + json
      + Array(repeating: UInt8(ascii: " "), count: filler)
  }

  private static func tensor(
    _ name: String, _ type: String, _ shape: [Int], _ start: Int, _ end: Int
  ) -> JSON.Member {
    let facts = JSON.object([
      .init("dtype", .text(type)),
      .init("shape", .array(shape.map { .integer(Int64($0)) })),
      .init("data_offsets", .array([.integer(Int64(start)), .integer(Int64(end))])),
    ])
    return JSON.Member(name, facts)
  }
}
