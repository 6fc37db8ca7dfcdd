import CDLPrepScan
import DLPrepBytes
import DLPrepData

/// Lines of a JSONL source in one buffer; the objects in them are read when they are parsed.
final class JSONLRecords: CellRecords {
  private let source: JSONLSource
  var buffer: RecordBuffer
  /// Where each line starts and ends.
  private var lines: [Range<Int>] = []
  /// The values of all columns, row after row.
  private let spans = Spans()
  /// By column: the last row that had it, plus one, to tell keys that come twice.
  private var seen: [Int] = []
  private var unescaped: [UInt8] = []
  private(set) var firstRecord = 0
  private var firstLine = 1
  private var firstOffset = 0
  /// How many bytes of the buffer the lines take.
  private(set) var bytesTaken = 0
  private(set) var blankLines = 0
  let cellReader = CellReader()
  var parseRejects: [RejectedRecord] = []

  init(_ source: JSONLSource) {
    self.source = source
    buffer = RecordBuffer(capacity: source.options.readBytes())
  }

  var count: Int { lines.count }
  var file: String { source.name }
  var columnNames: [String] { source.columns }
  var options: InputOptions { source.options }
  var tally: Tally { source.tally }
  var rows: Rows { Rows(first: firstRecord, count: count) }
  var rejects: [RejectedRecord] { parseRejects }

  /// Takes the complete lines of the buffer.
  func take(firstRecord: Int, line: Int, offset: Int) {
    self.firstRecord = firstRecord
    firstLine = line
    firstOffset = offset
    lines.removeAll(keepingCapacity: true)
    parseRejects = []
    blankLines = 0
    var at = 0
    while at < buffer.count {
      let length = unsafe Int(dlp_find(buffer.bytes + at, buffer.count - at, 10))
      if at + length == buffer.count { break }
      if isBlank(at, at + length) { blankLines += 1 } else { lines.append(at..<at + length) }
      at += length + 1
    }
    bytesTaken = at
  }

  private func isBlank(_ start: Int, _ end: Int) -> Bool {
    for at in start..<end {
      let byte = unsafe buffer.bytes[at]
      if byte != 32 && byte != 9 && byte != 13 { return false }
    }
    return true
  }

  private func text(_ row: Int) -> UnsafeBufferPointer<UInt8> {
    let line = lines[row]
    return unsafe UnsafeBufferPointer(start: buffer.bytes + line.lowerBound, count: line.count)
  }

  /// The physical line of a row.
  private func lineNumber(_ row: Int) -> Int {
    unsafe firstLine + BytePlace.lineEnds(buffer.bytes, lines[row].lowerBound)
  }

  /// Adds the keys of a row's object that are new.
  func collectKeys(_ row: Int, into keys: Levels) throws(PrepError) {
    unsafe try members(row) { key, _ in
      let code = Int(unsafe keys.intern(key))
      while seen.count <= code { seen.append(0) }
      return code
    }
  }

  func parse(
    _ plan: ReadPlan, into block: Block, evidence: inout [Int: TypeEvidence]
  ) throws(PrepError) {
    spans.removeAll()
    for _ in 0..<count * source.columns.count { spans.appendMissing() }
    seen = Array(repeating: 0, count: source.columns.count)
    // Strings with escapes are put behind the lines, and taken off again.
    let size = buffer.count
    defer { buffer.count = size }
    var broken: [(Int, PrepError)] = []
    for row in 0..<count {
      do throws(PrepError) {
        try read(row)
      } catch {
        for column in source.columns.indices {
          spans.set(row * source.columns.count + column, 1, 0)
        }
        broken.append((row, error))
        if options.badRows == .error { break }
      }
    }
    try parseCells(plan, into: block, evidence: &evidence, broken: broken)
  }

  func cells(_ index: Int) -> CellColumn? {
    guard index < source.columns.count else { return nil }
    return unsafe spans.column(index, of: source.columns.count, rows: count, in: buffer.bytes)
  }

  /// Finds the values of a row.
  private func read(_ row: Int) throws(PrepError) {
    let width = source.columns.count
    let start = lines[row].lowerBound
    var expected = 0
    unsafe try members(row) { key, value in
      // Keys mostly come in the order of the columns.
      let guess = expected < width ? expected : 0
      let column =
        unsafe Self.equals(source.keys, guess, key)
        ? guess : source.keys.code(of: key.span).map { Int($0) } ?? -1
      guard column >= 0 else { return column }
      expected = column + 1
      switch value {
      case .missing: break
      case .plain(let range):
        spans.set(row * width + column, start + range.lowerBound, start + range.upperBound)
      case .escaped:
        let at = buffer.count
        unsafe unescaped.withUnsafeBufferPointer { text in
          if let base = text.baseAddress { unsafe buffer.append(base, count: text.count) }
        }
        spans.set(row * width + column, at, buffer.count)
      }
      return column
    }
  }

  private static func equals(
    _ keys: Levels, _ code: Int, _ key: UnsafeBufferPointer<UInt8>
  ) -> Bool {
    let strings = keys.strings
    guard code < strings.count else { return false }
    let range = strings.range(code)
    guard range.count == key.count else { return false }
    var i = 0
    while unsafe i < key.count && strings.bytes[range.lowerBound + i] == key[i] { i += 1 }
    return i == key.count
  }

  /// What a member's value is: nothing, the bytes of the line, or what `unescaped` holds.
  private enum Value {
    case missing
    case plain(Range<Int>)
    case escaped
  }

  /// Goes through a row's object; `take` gets each key and value and says which column that is.
  private func members(
    _ row: Int, _ take: (UnsafeBufferPointer<UInt8>, Value) -> Int
  ) throws(PrepError) {
    do throws(PrepError) {
      unsafe try object(row, take)
    } catch {
      var error = error
      error.place?.line += lineNumber(row) - 1
      throw error
    }
  }

  private func object(
    _ row: Int, _ take: (UnsafeBufferPointer<UInt8>, Value) -> Int
  ) throws(PrepError) {
    var cursor = unsafe try JSONCursor(text(row), file: source.name)
    switch cursor.peek() {
    case 0x7B: cursor.advance()
    case 0x5B:
      var error = cursor.failure("expected an object, found an array", at: cursor.offset)
      error.hint = "JSON lines need one object a line: jq -c '.[]' makes them of an array"
      throw error
    default: throw cursor.unexpected("an object")
    }
    if cursor.peek() == 0x7D {
      cursor.advance()
    } else {
      while true {
        unsafe try member(&cursor, row, take)
        if cursor.peek() == 0x7D { break }
        do throws(PrepError) {
          try cursor.expect(0x2C, "',' or '}'")
        } catch {
          throw hinted(error, cursor)
        }
      }
      cursor.advance()
    }
    if cursor.peek() != nil { throw cursor.unexpected("the end of the line after the object") }
  }

  /// An object that goes on in the next line is a usual mistake.
  private func hinted(_ error: PrepError, _ cursor: JSONCursor) -> PrepError {
    var error = error
    if unsafe cursor.offset >= cursor.bytes.count {
      error.hint = "JSON lines need each object on one line: jq -c . makes that of other layouts"
    }
    return error
  }

  private func member(
    _ cursor: inout JSONCursor, _ row: Int, _ take: (UnsafeBufferPointer<UInt8>, Value) -> Int
  ) throws(PrepError) {
    guard cursor.peek() == 0x22 else {
      throw hinted(cursor.unexpected("a key in double quotes"), cursor)
    }
    let start = cursor.offset
    let (key, keyEscapes) = try cursor.string()
    var name: [UInt8] = []
    if keyEscapes {
      try cursor.unescape(key, into: &name)
    }
    try cursor.expect(0x3A, "':' after the key")
    let value = try self.value(&cursor)
    let raw = unsafe UnsafeBufferPointer(rebasing: cursor.bytes[key])
    let column =
      keyEscapes
      ? unsafe name.withUnsafeBufferPointer { unsafe take($0, value) } : unsafe take(raw, value)
    guard column >= 0 else {
      throw cursor.failure("expected a key that was there before, found a new one", at: start)
    }
    if seen[column] == firstRecord + row + 1 {
      throw cursor.failure("expected each key once, found it again", at: start)
    }
    seen[column] = firstRecord + row + 1
  }

  private func value(_ cursor: inout JSONCursor) throws(PrepError) -> Value {
    switch cursor.peek() {
    case 0x22:
      let (range, hasEscapes) = try cursor.string()
      if !hasEscapes { return .plain(range) }
      unescaped.removeAll(keepingCapacity: true)
      try cursor.unescape(range, into: &unescaped)
      if unescaped.contains(0) {
        throw cursor.failure("expected text, found a NUL", at: range.lowerBound)
      }
      return .escaped
    case 0x74:
      let start = cursor.offset
      try cursor.word("true")
      return .plain(start..<cursor.offset)
    case 0x66:
      let start = cursor.offset
      try cursor.word("false")
      return .plain(start..<cursor.offset)
    case 0x6E:
      try cursor.word("null")
      return .missing
    case 0x2D, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39:
      return .plain(try cursor.number().range)
    case 0x7B, 0x5B:
      var error = cursor.failure("expected a plain value, found a nested one", at: cursor.offset)
      error.hint = "flatten it first, for example with jq"
      throw error
    default: throw hinted(cursor.unexpected("a value"), cursor)
    }
  }

  func place(ofRecord record: Int, column: Int?) -> Place {
    let row = record - firstRecord
    guard lines.indices.contains(row) else { return Place(file: file) }
    var place = Place(file: file, line: lineNumber(row))
    if let column, column < source.columns.count {
      let cell = (row * source.columns.count + column) * 2
      let start = cell < spans.count ? unsafe Int(spans.values[cell]) : 0
      if start > lines[row].lowerBound, start <= lines[row].upperBound {
        // Of a string it is the quote.
        let at = unsafe buffer.bytes[start - 1] == 0x22 ? start - 1 : start
        place = unsafe BytePlace.place(
          buffer.bytes, at: at, firstLine: firstLine, file: file)
      }
    }
    return place
  }

  func raw(ofRecord record: Int) -> RawRecord {
    let row = record - firstRecord
    guard lines.indices.contains(row) else { return RawRecord(bytes: [], line: 0, offset: 0) }
    var bytes = unsafe Array(text(row))
    if bytes.last == 13 { bytes.removeLast() }
    return RawRecord(
      bytes: bytes, line: lineNumber(row), offset: firstOffset + lines[row].lowerBound)
  }
}
