package import DLPrepData

/// Objects and lists of canonical JSON, member by member.
extension JSONCursor {
  /// Goes to the next value of an object and gives its key; nil past the object's end.
  ///
  /// `last` is the key before, nil at the object's start. Keys must come in the order of their
  /// bytes, as canonical JSON has them, so that none can be there twice.
  package mutating func nextKey(after last: [UInt8]?) throws(PrepError) -> [UInt8]? {
    if last == nil { try expect(0x7B, "'{'") }
    if peek() == 0x7D {
      advance()
      return nil
    }
    if last != nil { try expect(0x2C, "',' or '}'") }
    guard peek() == 0x22 else { throw unexpected("a key in double quotes") }
    let start = offset
    let (range, hasEscapes) = try string()
    var key: [UInt8] = []
    if hasEscapes {
      try unescape(range, into: &key)
    } else {
      unsafe key.append(contentsOf: UnsafeBufferPointer(rebasing: bytes[range]))
    }
    try expect(0x3A, "':' after the key")
    if let last, !last.lexicographicallyPrecedes(key) {
      throw failure("expected keys in the order of their bytes", at: start)
    }
    return key
  }

  /// Goes to the next element of a list; false past the list's end.
  ///
  /// `isFirst` is true at the list's start, and is false from then on.
  package mutating func nextElement(_ isFirst: inout Bool) throws(PrepError) -> Bool {
    if isFirst { try expect(0x5B, "'['") }
    if peek() == 0x5D {
      advance()
      return false
    }
    if !isFirst { try expect(0x2C, "',' or ']'") }
    isFirst = false
    return true
  }

  /// Goes past a value by its brackets and quotes alone; what is wrong inside shows when it is read.
  package mutating func skip() throws(PrepError) {
    var depth = 0
    repeat {
      switch peek() {
      case 0x22:
        _ = try string()
        if depth == 0 { return }
      case 0x5B, 0x7B:
        depth += 1
        advance()
      case 0x5D, 0x7D:
        depth -= 1
        if depth < 0 { throw unexpected("a value") }
        advance()
      case 0x2C, 0x3A:
        if depth == 0 { throw unexpected("a value") }
        advance()
      case nil: throw unexpected("a value")
      default: skipWord()
      }
    } while depth > 0
  }

  /// Goes past a number or a word: up to white space or what separates values.
  private mutating func skipWord() {
    while offset < count {
      switch unsafe bytes[offset] {
      case 0x09, 0x0A, 0x0D, 0x20, 0x22, 0x2C, 0x3A, 0x5B, 0x5D, 0x7B, 0x7D: return
      default: offset += 1
      }
    }
  }
}
