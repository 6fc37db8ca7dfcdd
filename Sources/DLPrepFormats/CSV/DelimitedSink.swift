public import DLPrepBytes
public import DLPrepData
import Synchronization

/// A table as CSV or TSV: UTF-8, LF, quotes only where they are needed.
///
/// A vector becomes a column for each component. Floats are the shortest text that reads back to
/// the same number, integers digits, truth values `0` and `1`, instants ISO 8601 in UTC.
public final class DelimitedSink: TableSink {
  let columns: [OutputColumn]
  let style: DelimitedStyle
  private let sink: any ByteSink
  private let isBegun = Mutex(false)

  /// Writes the columns to a sink; missing values are written as the null marker.
  public init(
    _ columns: [OutputColumn], to sink: any ByteSink, delimiter: UInt8 = UInt8(ascii: ","),
    nullMarker: [UInt8] = []
  ) {
    self.columns = columns
    self.sink = sink
    style = DelimitedStyle(delimiter: delimiter, nullMarker: nullMarker)
  }

  /// One: the table.
  public var outputs: Int { 1 }
  /// Rows differ in length, so their place isn't known before those before them.
  public var takesAnyOrder: Bool { false }

  /// An encoder for one worker.
  public func makeEncoder() -> any BlockEncoder { DelimitedEncoder(columns, style) }

  /// Writes the rows of a block after those before it.
  public func write(_ encoded: borrowing EncodedBlock, firstRow: Int) throws(PrepError) {
    try begin()
    try sink.write(encoded.buffers[0])
  }

  /// Writes the header if there was no row.
  public func finish(rows: Int) throws(PrepError) { try begin() }

  /// Writes the header, the first time.
  func begin() throws(PrepError) {
    let wasBegun = isBegun.withLock { begun in
      defer { begun = true }
      return begun
    }
    if !wasBegun { try sink.write(Self.header(columns, style)) }
  }

  /// The line with the columns' names.
  static func header(_ columns: [OutputColumn], _ style: DelimitedStyle) -> [UInt8] {
    let names = columns.flatMap {
      $0.field.type.isVector ? $0.field.components : [$0.field.name]
    }
    var line: [UInt8] = []
    for (i, name) in names.enumerated() {
      if i > 0 { line.append(style.delimiter) }
      line += style.name(name)
    }
    if line.isEmpty, names.count == 1 { line = [34, 34] }
    return line + [10]
  }
}

/// Encodes blocks as CSV: column by column into text, then row by row into lines.
final class DelimitedEncoder: BlockEncoder {
  private let joiner: RowJoiner<DelimitedStyle>

  init(_ columns: [OutputColumn], _ style: DelimitedStyle) {
    // A vector without components has no field at all.
    let written = columns.filter { $0.field.width > 0 }
    let cells = written.enumerated().map { i, column in
      (column: column, prefix: i == 0 ? [] : [style.delimiter])
    }
    joiner = RowJoiner(
      cells, style, end: [10], isSingle: written.count == 1 && written[0].field.width == 1)
  }

  func encode(_ block: Block, into encoded: inout EncodedBlock) throws(PrepError) {
    encoded.buffers[0].removeAll(keepingCapacity: true)
    encoded.rows = try encode(block, into: &encoded.buffers[0])
  }

  /// Adds the lines of a block's rows to a buffer, and says how many there are.
  func encode(_ block: Block, into out: inout [UInt8]) throws(PrepError) -> Int {
    try joiner.write(block, into: &out)
  }
}
