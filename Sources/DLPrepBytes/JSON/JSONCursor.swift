import CDLPrepScan
package import DLPrepData

/// A place in JSON text that values are read from, one after the other; strict RFC 8259.
///
/// The bytes must stay where they are as long as the cursor is used, and must be valid UTF-8: that
/// is what `init` checks, so that nothing later has to.
@safe
package struct JSONCursor {
  package let bytes: UnsafeBufferPointer<UInt8>
  let count: Int
  /// The next byte to look at.
  package internal(set) var offset = 0
  private let file: String
  private let firstLine: Int

  /// Stands at the first byte; `line` is the line of the file that the bytes start on.
  package init(
    _ bytes: UnsafeBufferPointer<UInt8>, file: String, line: Int = 1
  ) throws(PrepError) {
    unsafe self.bytes = unsafe bytes
    count = bytes.count
    self.file = file
    firstLine = line
    guard let base = bytes.baseAddress else { return }
    let valid = unsafe dlp_utf8_valid_prefix(base, count)
    if valid < count { throw failure("expected UTF-8, found bytes that aren't", at: valid) }
  }

  /// The next byte after white space; nil at the end.
  package mutating func peek() -> UInt8? {
    while offset < count {
      let byte = unsafe bytes[offset]
      guard byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09 else { return byte }
      offset += 1
    }
    return nil
  }

  /// Goes past the byte that `peek` gave.
  package mutating func advance() { offset += 1 }

  /// Goes past an expected byte.
  package mutating func expect(_ byte: UInt8, _ what: String) throws(PrepError) {
    guard peek() == byte else { throw unexpected(what) }
    offset += 1
  }

  /// Goes past `true`, `false` or `null`.
  package mutating func word(_ text: StaticString) throws(PrepError) {
    let length = text.utf8CodeUnitCount
    for i in 0..<length {
      let wanted = unsafe text.utf8Start[i]
      guard offset + i < count, unsafe bytes[offset + i] == wanted else {
        throw unexpected("a value")
      }
    }
    offset += length
  }

  /// Goes past a number and gives the range of its text, and whether it has no point or exponent.
  package mutating func number() throws(PrepError) -> (range: Range<Int>, isWhole: Bool) {
    let start = offset
    if at(offset) == 0x2D { offset += 1 }
    let first = offset
    guard digits() > 0 else { throw unexpected("a digit") }
    if unsafe bytes[first] == 0x30, offset - first > 1 {
      offset = first + 1
      throw unexpected("a point or the end of the number after a leading 0")
    }
    var isWhole = true
    if at(offset) == 0x2E {
      isWhole = false
      offset += 1
      guard digits() > 0 else { throw unexpected("a digit after the point") }
    }
    if at(offset) == 0x65 || at(offset) == 0x45 {
      isWhole = false
      offset += 1
      if at(offset) == 0x2B || at(offset) == 0x2D { offset += 1 }
      guard digits() > 0 else { throw unexpected("a digit of the exponent") }
    }
    return (start..<offset, isWhole)
  }

  /// Goes past a string; true if it holds escapes, and then `range` is the raw text between quotes.
  package mutating func string() throws(PrepError) -> (range: Range<Int>, hasEscapes: Bool) {
    guard at(offset) == 0x22 else { throw unexpected("a string") }
    let opened = offset
    offset += 1
    var hasEscapes = false
    while offset < count {
      let byte = unsafe bytes[offset]
      if byte == 0x22 {
        offset += 1
        return (opened + 1..<offset - 1, hasEscapes)
      }
      if byte < 0x20 { throw unexpected("an escape instead of a control character") }
      if byte == 0x5C {
        hasEscapes = true
        offset += 1
      }
      offset += 1
    }
    throw failure("expected the end of the string, found the end of the text", at: opened)
  }

  /// An error that says what is there instead of what was expected.
  package func unexpected(_ expected: String) -> PrepError {
    guard offset < count else {
      return failure("expected \(expected), found the end", at: count)
    }
    let byte = unsafe bytes[offset]
    let found =
      byte >= 0x21 && byte < 0x7F
      ? "'\(Unicode.Scalar(byte))'" : byte < 0x80 ? "the byte \(byte)" : "a character not of ASCII"
    return failure("expected \(expected), found \(found)", at: offset)
  }

  /// An error at a byte.
  package func failure(_ message: String, at position: Int) -> PrepError {
    var place = TextPosition()
    for scalar in unsafe String(decoding: bytes[..<position], as: UTF8.self).unicodeScalars {
      place.pass(scalar.value)
    }
    return PrepError(
      .json, message,
      at: Place(file: file, line: firstLine + place.line - 1, column: place.column))
  }

  private func at(_ position: Int) -> UInt8? {
    position < count ? unsafe bytes[position] : nil
  }

  private mutating func digits() -> Int {
    let start = offset
    while offset < count, unsafe bytes[offset] &- 0x30 < 10 { offset += 1 }
    return offset - start
  }
}
