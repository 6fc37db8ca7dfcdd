public import DLPrepBytes
public import DLPrepData

/// A NumPy array as a table of numbers: one of two directions, or one column as a list.
public final class NPYSource: TableSource, @unchecked Sendable {
  // Unchecked: `read` and `restarted` are never called by two at a time; `tally` locks itself.
  /// The file as the user named it.
  public let name: String
  /// The columns' names, as whoever opened it says.
  public let columns: [String]
  /// What the header says.
  public let shape: NPYShape
  let infinity: InputOptions.Infinity
  private let file: InputFile
  private let tally = Tally()
  private var next = 0

  /// Reads the header of a file, or of standard input; `names` says what the columns of an array of
  /// that shape are.
  public init(
    _ file: InputFile, options: InputOptions = InputOptions(),
    names: (NPYShape) throws(PrepError) -> [String]
  ) throws(PrepError) {
    self.file = file
    name = file.name
    infinity = options.infinity
    let (shape, headerBytes) = try Self.header(file)
    self.shape = shape
    columns = try names(shape)
    guard !columns.isEmpty, columns.count == (shape.sizes.count == 2 ? shape.sizes[1] : 1) else {
      throw PrepError(
        .schema, "expected an array of \(columns.count) columns, found the shape \(shape)",
        at: Place(file: name))
    }
    try checkSize(after: headerBytes)
  }

  /// What the header says, and how many bytes it takes.
  private static func header(
    _ file: InputFile
  ) throws(PrepError) -> (shape: NPYShape, bytes: Int) {
    let start = try bytes(10, of: file)
    let magic = [0x93] + Array("NUMPY".utf8)
    guard start.starts(with: magic), start.count == 10, (1...3).contains(start[6]) else {
      throw PrepError(
        .format, "expected a NumPy array, found something else", at: Place(file: file.name))
    }
    var length = Int(start[8]) | Int(start[9]) << 8
    let isLong = start[6] > 1
    if isLong {
      let more = try bytes(2, of: file)
      for (i, byte) in more.enumerated() { length |= Int(byte) << (16 + 8 * i) }
    }
    guard length <= 1 << 20 else {
      throw PrepError(
        .format, "expected a header of at most 1 MiB, found one of \(length) bytes",
        at: Place(file: file.name))
    }
    let text = String(decoding: try bytes(length, of: file), as: UTF8.self)
    return (try NPYShape(text, file: file.name), length + (isLong ? 12 : 10))
  }

  private static func bytes(_ count: Int, of file: InputFile) throws(PrepError) -> [UInt8] {
    let buffer = RawBuffer(capacity: max(1, count))
    let got = unsafe try file.fill(UnsafeMutableRawBufferPointer(rebasing: buffer.bytes[..<count]))
    return unsafe Array(buffer.bytes[..<got])
  }

  /// A file that can be measured is refused before anything is written.
  private func checkSize(after header: Int) throws(PrepError) {
    guard let size = file.size else { return }
    let wanted = shape.rows * rowBytes
    if size - header != wanted {
      throw PrepError(
        .format,
        "expected \(wanted) bytes of numbers for the shape \(shape), found \(size - header)",
        at: Place(file: name), hint: "the file was cut, or wasn't written to its end")
    }
  }

  /// How many bytes a row takes.
  var rowBytes: Int { columns.count * shape.scalar.bytes }
  /// How many rows are read at a time.
  var blockRows: Int { max(1, min(1 << 16, (1 << 18) / max(1, rowBytes))) }

  /// The rows and bytes read so far.
  public var counts: ReadCounts { tally.current }
  /// Whether one block holds all of it.
  public var isShort: Bool { shape.rows <= blockRows }
  /// A buffer of one worker.
  public func makeRecords() -> any RecordBlock { NPYRecords(self) }

  /// The next rows.
  public func read(into records: any RecordBlock) throws(PrepError) -> Bool {
    guard let records = records as? NPYRecords else {
      throw PrepError(.internal, "expected records of an array")
    }
    let rows = min(blockRows, shape.rows - next)
    let wanted = rows * rowBytes
    let got = unsafe try file.fill(
      UnsafeMutableRawBufferPointer(
        rebasing: records.buffer.bytes[..<max(wanted, rows == 0 ? 1 : 0)]))
    guard got == wanted else {
      let found = rows == 0 ? "more" : "the end after \(next + got / max(1, rowBytes))"
      throw PrepError(
        .format, "expected \(shape.rows) rows, found \(found)", at: Place(file: name))
    }
    (records.firstRecord, records.count) = (next, rows)
    next += rows
    tally.update { counts in
      counts.records += rows
      counts.bytes += wanted
    }
    return rows > 0
  }

  /// The same array from its first row on; nil for a pipe.
  public func restarted() throws(PrepError) -> (any TableSource)? {
    guard file.rewind() else { return nil }
    let names = columns
    var options = InputOptions()
    options.infinity = infinity
    return try NPYSource(file, options: options) { _ in names }
  }

  /// The row and column, counted from 1.
  public func place(ofRecord record: Int, column: Int?) -> Place? {
    Place(file: name, line: record + 1, column: column.map { $0 + 1 } ?? 0)
  }

  /// Numbers, whole ones where the array has no others.
  public func type(ofColumn column: Int) -> CellType? {
    switch shape.scalar {
    case .float32, .float64: .float
    case .int32, .int64, .uint8, .bool: .integer(takesDecimals: false)
    }
  }

  /// Fails if the file has changed since it was opened.
  public func checkUnchanged() throws(PrepError) { try file.checkUnchanged() }
}
