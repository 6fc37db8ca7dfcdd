import CDLPrepScan
public import DLPrepData

extension JSON {
  /// How deep arrays and objects may lie in each other.
  public static let depthLimit = 128

  /// Reads a whole document: strict RFC 8259, and no key twice in an object.
  ///
  /// A whole number that fits 64 bits is `integer`, any other one is `number`, correctly rounded;
  /// one too large for a double is an error. Errors are of class `json` and name `file` with line
  /// and column; `line` is the line of the file that the bytes start on.
  public init(
    parsing bytes: [UInt8], file: String = "<json>", line: Int = 1
  ) throws(PrepError) {
    let result: Result<JSON, PrepError> = unsafe bytes.withUnsafeBufferPointer { buffer in
      do throws(PrepError) {
        return .success(unsafe try JSON(parsing: buffer, file: file, line: line))
      } catch {
        return .failure(error)
      }
    }
    self = try result.get()
  }

  /// Reads a whole document from memory.
  public init(
    parsing bytes: UnsafeBufferPointer<UInt8>, file: String = "<json>", line: Int = 1
  ) throws(PrepError) {
    var cursor = unsafe try JSONCursor(bytes, file: file, line: line)
    self = try Self.value(&cursor, depth: 0)
    if cursor.peek() != nil { throw cursor.unexpected("the end after the value") }
  }

  /// Reads one value where the cursor stands.
  package static func value(_ cursor: inout JSONCursor, depth: Int) throws(PrepError) -> JSON {
    switch cursor.peek() {
    case 0x22:
      return .string(try text(&cursor))
    case 0x7B:
      return .object(try members(&cursor, depth: try deeper(depth, cursor)))
    case 0x5B:
      return .array(try elements(&cursor, depth: try deeper(depth, cursor)))
    case 0x74:
      try cursor.word("true")
      return .bool(true)
    case 0x66:
      try cursor.word("false")
      return .bool(false)
    case 0x6E:
      try cursor.word("null")
      return .null
    case 0x2D, 0x30, 0x31, 0x32, 0x33, 0x34, 0x35, 0x36, 0x37, 0x38, 0x39:
      return try number(&cursor)
    default:
      throw cursor.unexpected("a value")
    }
  }

  private static func deeper(_ depth: Int, _ cursor: JSONCursor) throws(PrepError) -> Int {
    if depth < depthLimit { return depth + 1 }
    throw cursor.failure("expected at most \(depthLimit) levels, found more", at: cursor.offset)
  }

  private static func text(_ cursor: inout JSONCursor) throws(PrepError) -> [UInt8] {
    let (range, hasEscapes) = try cursor.string()
    if !hasEscapes { return unsafe [UInt8](UnsafeBufferPointer(rebasing: cursor.bytes[range])) }
    var text: [UInt8] = []
    text.reserveCapacity(range.count)
    try cursor.unescape(range, into: &text)
    return text
  }

  private static func elements(
    _ cursor: inout JSONCursor, depth: Int
  ) throws(PrepError) -> [JSON] {
    cursor.advance()
    var elements: [JSON] = []
    if cursor.peek() == 0x5D {
      cursor.advance()
      return elements
    }
    while true {
      elements.append(try value(&cursor, depth: depth))
      if cursor.peek() == 0x5D { break }
      try cursor.expect(0x2C, "',' or ']'")
    }
    cursor.advance()
    return elements
  }

  private static func members(
    _ cursor: inout JSONCursor, depth: Int
  ) throws(PrepError) -> [Member] {
    cursor.advance()
    var members: [Member] = []
    if cursor.peek() == 0x7D {
      cursor.advance()
      return members
    }
    // A few keys are compared one by one, many are looked up.
    var seen: Set<[UInt8]> = []
    while true {
      guard cursor.peek() == 0x22 else { throw cursor.unexpected("a key in double quotes") }
      let start = cursor.offset
      let key = try text(&cursor)
      if members.count == 16 { seen = Set(members.map(\.key)) }
      let isNew =
        members.count < 16 ? !members.contains { $0.key == key } : seen.insert(key).inserted
      if !isNew {
        throw cursor.failure(
          "expected each key once, found '\(String(decoding: key, as: UTF8.self))' again",
          at: start)
      }
      try cursor.expect(0x3A, "':' after the key")
      members.append(Member(key: key, value: try value(&cursor, depth: depth)))
      if cursor.peek() == 0x7D { break }
      try cursor.expect(0x2C, "',' or '}'")
    }
    cursor.advance()
    return members
  }

  private static func number(_ cursor: inout JSONCursor) throws(PrepError) -> JSON {
    let (range, isWhole) = try cursor.number()
    guard let base = unsafe cursor.bytes.baseAddress else { throw cursor.unexpected("a number") }
    let text = unsafe base + range.lowerBound
    var integer: Int64 = 0
    // -0 has a sign that only a double keeps.
    if isWhole, unsafe dlp_parse_int64(text, range.count, &integer) == 0,
      integer != 0 || range.count == 1
    {
      return .integer(integer)
    }
    var number = 0.0
    if unsafe dlp_parse_double(text, range.count, &number) != 0 {
      throw cursor.failure("expected a number that a double can hold", at: range.lowerBound)
    }
    return .number(number)
  }
}
