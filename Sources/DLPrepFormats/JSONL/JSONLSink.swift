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

  func add(_ text: UnsafeBufferPointer<UInt8>, to out: inout RawText) {
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

  func addTime(to out: inout RawText, _ write: (inout RawText) -> Void) {
    out.append(0x22)
    write(&out)
    out.append(0x22)
  }

  func addInfinite(_ value: Double, to out: inout RawText) throws(PrepError) {
    throw PrepError(
      .cast, "expected a finite number, found \(value), which JSON can't hold",
      hint: "write csv, or set input: inf to null")
  }
}

/// Encodes blocks as JSON lines.
final class JSONLEncoder: BlockEncoder {
  private let joiner: RowJoiner<JSONStyle>

  init(_ columns: [OutputColumn]) {
    let written = columns.filter { $0.field.width > 0 }
    let cells = written.enumerated().map { i, column in
      let key = column.field.type.isVector ? [] : JSONStyle.key(column.field.name)
      return (column: column, prefix: [UInt8(ascii: i == 0 ? "{" : ",")] + key)
    }
    joiner = RowJoiner(
      cells, JSONStyle(columns), end: Array((cells.isEmpty ? "{}\n" : "}\n").utf8),
      isSingle: false)
  }

  func encode(_ block: Block, into encoded: inout EncodedBlock) throws(PrepError) {
    encoded.buffers[0].removeAll(keepingCapacity: true)
    encoded.rows = try joiner.write(block, into: &encoded.buffers[0])
  }
}
