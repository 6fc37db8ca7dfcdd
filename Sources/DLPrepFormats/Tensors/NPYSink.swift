public import DLPrepBytes
public import DLPrepData

/// Features as one `.npy` matrix, and beside it: what its columns are (`.features.json`), target,
/// weight, group and part as arrays of their own, ids as a CSV table.
public final class NPYSink: TableSink {
  private let layout: TensorLayout
  private let matrix: PlacedOutput
  private let matrixSum = RowSum()
  private let arrays: [(array: TensorArray, output: PlacedOutput, sum: RowSum)]
  private let ids: DelimitedSink?
  private let idsFile: OutputFile?
  private let map: OutputFile?
  private let matrixOnly: Bool
  private let missing = MissingCounter()

  /// Writes `path` and the files beside it; known ones that this run doesn't write are removed when
  /// the set is published.
  public init(
    _ columns: [OutputColumn], path: String, in outputs: OutputSet,
    options: TensorOptions = TensorOptions()
  ) throws(PrepError) {
    layout = try TensorLayout(columns, options)
    matrixOnly = false
    matrix = try PlacedOutput(outputs.file(path, isMain: true))
    let sidecars = Sidecars(path)
    var arrays: [(TensorArray, PlacedOutput, RowSum)] = []
    for array in layout.arrays {
      let output = try PlacedOutput(outputs.file(sidecars.array(array.name)))
      arrays.append((array, output, RowSum()))
    }
    self.arrays = arrays
    let idsFile = layout.ids.isEmpty ? nil : try outputs.file(sidecars.ids)
    self.idsFile = idsFile
    ids = idsFile.map { [layout] in
      DelimitedSink(layout.ids, to: $0, nullMarker: layout.options.nullMarker)
    }
    map = try outputs.file(sidecars.map)
    for stale in sidecars.all { outputs.removeAfterPublish(stale) }
  }

  /// Writes the matrix alone, for a pipe.
  public init(
    matrixOf columns: [OutputColumn], to output: PlacedOutput,
    options: TensorOptions = TensorOptions()
  ) throws(PrepError) {
    layout = try TensorLayout(columns, options)
    matrixOnly = true
    matrix = output
    arrays = []
    ids = nil
    idsFile = nil
    map = nil
  }

  /// How many missing numbers became NaN in the matrix.
  public var missingCount: Int { missing.value }

  /// What to say of missing values in the arrays beside the matrix.
  public var missingNotes: [String] { missing.notes(layout) }

  /// The matrix, each array beside it, and the ids.
  public var outputs: Int { 1 + arrays.count + (ids == nil ? 0 : 1) }

  /// All rows have the same size, but those of a table of ids.
  public var takesAnyOrder: Bool { ids == nil }

  /// An encoder for one worker.
  public func makeEncoder() -> any BlockEncoder {
    TensorEncoder(layout, matrixOnly: matrixOnly, missing)
  }

  private var rowBytes: Int { layout.width * (layout.options.dtype == .float64 ? 8 : 4) }

  /// Writes the rows of a block to their place.
  public func write(_ encoded: borrowing EncodedBlock, firstRow: Int) throws(PrepError) {
    try matrix.write(encoded.buffers[0], at: NPYHeader.size + firstRow * rowBytes)
    if map != nil { matrixSum.add(encoded.buffers[0], rowBytes: rowBytes, firstRow: firstRow) }
    for (i, (array, output, sum)) in arrays.enumerated() {
      let at = NPYHeader.size + firstRow * array.rowBytes
      try output.write(encoded.buffers[1 + i], at: at)
      if !array.isRecoded {
        sum.add(encoded.buffers[1 + i], rowBytes: array.rowBytes, firstRow: firstRow)
      }
    }
    if let idsFile, let ids {
      try ids.begin()
      try idsFile.write(encoded.buffers[1 + arrays.count])
    }
  }

  /// Writes the headers, and the map with the hashes of all files.
  public func finish(rows: Int) throws(PrepError) {
    let type = layout.options.dtype == .float64 ? "<f8" : "<f4"
    try matrix.write(NPYHeader.bytes(type, shape: [rows, layout.width]), at: 0)
    for (array, output, sum) in arrays {
      if array.isRecoded, let ranks = layout.groups?.ranks {
        try output.recode(at: NPYHeader.size, rows: rows, ranks) { bytes, row in
          sum.add(bytes, rowBytes: array.rowBytes, firstRow: row)
        }
      }
      try output.write(NPYHeader.bytes(array.numpyType, shape: [rows]), at: 0)
    }
    try ids?.begin()
    if let map {
      var files = [(Sidecars.name(matrix.name), matrixSum.text)]
      for (_, output, sum) in arrays { files.append((Sidecars.name(output.name), sum.text)) }
      if let idsFile {
        files.append((Sidecars.name(idsFile.name), try PlacedOutput(idsFile).hash()))
      }
      try map.write(FeatureMap.json(layout, rows: rows, files: files).canonical(.lines))
    }
    try matrix.finish()
    for (_, output, _) in arrays { try output.finish() }
  }
}

/// The names of the files beside a tensor file: `x.npy` has `x.target.npy` and so on.
struct Sidecars {
  private let stem: String

  init(_ path: String) {
    let name = Sidecars.name(path)
    guard let dot = name.lastIndex(of: "."), dot != name.startIndex else {
      stem = path
      return
    }
    stem = String(path.dropLast(name.distance(from: dot, to: name.endIndex)))
  }

  var map: String { stem + ".features.json" }
  var ids: String { stem + ".id.csv" }
  func array(_ name: String) -> String { "\(stem).\(name).npy" }

  /// All that any run writes.
  var all: [String] {
    [map, ids] + ["target", "weight", "group", "part"].map(array)
  }

  /// The last part of a path.
  static func name(_ path: String) -> String {
    path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
  }
}
