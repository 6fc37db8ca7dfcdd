public import DLPrepBytes
public import DLPrepData

/// A table as JSON lines: one object a row, the columns' names as keys, missing as null.
///
/// A vector becomes a key for each component; truth values are `true` and `false`, dates and
/// instants strings.
public final class JSONLSink: TableSink {
  private let columns: [OutputColumn]
  private let sink: any ByteSink

  /// Writes the columns to a sink.
  public init(_ columns: [OutputColumn], to sink: any ByteSink) {
    self.columns = columns
    self.sink = sink
  }

  /// One: the table.
  public var outputs: Int { 1 }
  /// Rows differ in length, so their place isn't known before those before them.
  public var takesAnyOrder: Bool { false }

  /// An encoder for one worker.
  public func makeEncoder() -> any BlockEncoder { JSONLEncoder(columns) }

  /// Writes the rows of a block after those before it.
  public func write(_ encoded: borrowing EncodedBlock, firstRow: Int) throws(PrepError) {
    try sink.write(encoded.buffers[0])
  }

  /// Nothing is left to write.
  public func finish(rows: Int) {}
}

/// How JSON lines write a cell.
struct JSONStyle: TextStyle {
  let missing = Array("null".utf8)
  let truths = (yes: Array("true".utf8), no: Array("false".utf8))
  /// By the name of a vector: its components' keys, each with what stands before it.
  let keys: [String: [[UInt8]]]

  init(_ columns: [OutputColumn]) {
    var keys: [String: [[UInt8]]] = [:]
    for column in columns where column.field.type.isVector {
      keys[column.field.name] = column.field.components.enumerated().map { i, name in
        (i == 0 ? [] : [UInt8(ascii: ",")]) + Self.key(name)
      }
    }
    self.keys = keys
  }

  /// A key as JSON, with the colon.
  static func key(_ name: String) -> [UInt8] {
    var out: [UInt8] = []
    JSON.write(name.utf8, into: &out)
    return out + [UInt8(ascii: ":")]
  }

  func separator(_ field: Field, _ component: Int) -> [UInt8] {
    keys[field.name]?[component] ?? []
  }

  func add(_ text: UnsafeBufferPointer<UInt8>, to out: RawText) {
    var at = 0
    while unsafe at < text.count && text[at] >= 0x20 && text[at] != 0x22 && text[at] != 0x5C {
      at += 1
    }
    if at == text.count {
      out.append(0x22)
      unsafe out.append(text)
      out.append(0x22)
    } else {
      var escaped: [UInt8] = []
      unsafe JSON.write(text, into: &escaped)
      out.append(escaped)
    }
  }

  func addTime(to out: RawText, _ write: (RawText) -> Void) {
    out.append(0x22)
    write(out)
    out.append(0x22)
  }

  func addInfinite(_ value: Double, to out: RawText) throws(PrepError) {
    throw PrepError(
      .cast, "expected a finite number, found \(value), which JSON can't hold",
      hint: "write csv, or set input: inf to null")
  }
}

/// Encodes blocks as JSON lines.
final class JSONLEncoder: BlockEncoder {
  private let texts: [ColumnText<JSONStyle>]
  /// What stands before each column's value: a comma and the key.
  private let keys: [[UInt8]]
  private let lines = RawText(capacity: 1 << 16)
  private static var tile: Int { 256 }

  init(_ columns: [OutputColumn]) {
    let style = JSONStyle(columns)
    let written = columns.filter { $0.field.width > 0 }
    texts = written.map { ColumnText($0, style) }
    keys = written.enumerated().map { i, column in
      (i == 0 ? [] : [UInt8(ascii: ",")])
        + (column.field.type.isVector ? [] : JSONStyle.key(column.field.name))
    }
  }

  func encode(_ block: Block, into encoded: inout EncodedBlock) throws(PrepError) {
    block.dropRemoved()
    lines.removeAll()
    var start = 0
    while start < block.count {
      let rows = start..<min(start + Self.tile, block.count)
      for text in texts { try text.write(block, rows) }
      for row in 0..<rows.count { line(row) }
      start = rows.upperBound
    }
    encoded.rows = block.count
    encoded.buffers[0].removeAll(keepingCapacity: true)
    unsafe encoded.buffers[0].append(contentsOf: lines.buffer)
  }

  private func line(_ row: Int) {
    lines.append(UInt8(ascii: "{"))
    for (text, key) in zip(texts, keys) {
      lines.append(key)
      let start = row == 0 ? 0 : text.ends[row - 1]
      unsafe lines.append(text.text.bytes + start, text.ends[row] - start)
    }
    lines.append(UInt8(ascii: "}"))
    lines.append(10)
  }
}
