import DLPrepBytes
import DLPrepData
import DLPrepFormats
import FoundationEssentials
import Synchronization

/// Bytes that were written, in memory.
final class Collected: ByteSink {
  let name = "<collected>"
  private let bytes = Mutex<[UInt8]>([])

  func write(_ more: UnsafeRawBufferPointer) { bytes.withLock { unsafe $0 += more } }

  var text: String { String(decoding: bytes.withLock { $0 }, as: UTF8.self) }
  var all: [UInt8] { bytes.withLock { $0 } }
}

/// A folder that is gone with its owner.
final class Folder {
  let path: String

  init() throws {
    path = FileManager.default.temporaryDirectory.path + "/dlprep-formats-\(UUID().uuidString)"
    try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
  }

  deinit { try? FileManager.default.removeItem(atPath: path) }

  func contents(_ name: String) -> [UInt8]? {
    FileManager.default.contents(atPath: "\(path)/\(name)").map(Array.init)
  }

  var names: [String] {
    ((try? FileManager.default.contentsOfDirectory(atPath: path)) ?? []).sorted()
  }
}

/// A column with values; nil is missing.
func floats(_ values: [Double?]) -> Column {
  let column = Column()
  column.prepare(.floats, count: values.count)
  for (row, value) in values.enumerated() {
    column.floats[row] = value ?? 0
    column.missing[row] = value == nil
  }
  return column
}

func integers(_ values: [Int64?]) -> Column {
  let column = Column()
  column.prepare(.integers, count: values.count)
  for (row, value) in values.enumerated() {
    column.integers[row] = value ?? 0
    column.missing[row] = value == nil
  }
  return column
}

func flags(_ values: [Bool?]) -> Column {
  let column = Column()
  column.prepare(.flags, count: values.count)
  for (row, value) in values.enumerated() {
    column.flags[row] = value == true ? 1 : 0
    column.missing[row] = value == nil
  }
  return column
}

func categories(_ values: [String?]) -> Column {
  let column = Column()
  let levels = Levels()
  column.prepare(.codes, count: values.count)
  column.levels = levels
  for (row, value) in values.enumerated() {
    column.codes[row] = value.map { levels.intern(Array($0.utf8).span) } ?? -1
    column.missing[row] = value == nil
  }
  return column
}

func texts(_ values: [String?]) -> Column {
  let column = Column()
  column.prepare(.text, count: values.count)
  for (row, value) in values.enumerated() {
    column.text.append(Array((value ?? "").utf8))
    column.missing[row] = value == nil
  }
  return column
}

/// A one-hot: -1 is none, nil is missing.
func oneHot(_ codes: [Int32?]) -> Column {
  let column = Column()
  column.prepare(.codes, count: codes.count)
  for (row, code) in codes.enumerated() {
    column.codes[row] = code ?? -1
    column.missing[row] = code == nil
  }
  return column
}

func block(_ columns: [Column]) -> Block {
  let block = Block(slots: columns.count)
  block.columns = columns
  block.rows = Rows(first: 0, count: columns.first?.count ?? 0)
  return block
}

func output(_ fields: [Field]) -> [OutputColumn] {
  fields.enumerated().map { OutputColumn(field: $1, slot: $0) }
}

func vector(_ name: String, _ values: [String]) -> Field {
  var field = Field(name, .vector(width: values.count))
  field.components = values.map { "\(name)=\($0)" }
  field.values = values
  field.steps = ["one_hot"]
  return field
}

/// Encodes and writes whole blocks, one after the other.
func write(_ blocks: [Block], to sink: any TableSink) throws(PrepError) {
  let encoder = sink.makeEncoder()
  var encoded = EncodedBlock(outputs: sink.outputs)
  var row = 0
  for block in blocks {
    try encoder.encode(block, into: &encoded)
    try sink.write(encoded, firstRow: row)
    row += encoded.rows
  }
  try sink.finish(rows: row)
}
