package import DLPrepData

extension JSONCursor {
  /// Adds the text of a string, given the range that `string()` gave, escapes resolved.
  package func unescape(
    _ range: Range<Int>, into out: inout [UInt8]
  ) throws(PrepError) {
    var i = range.lowerBound
    while i < range.upperBound {
      let byte = unsafe bytes[i]
      guard byte == 0x5C else {
        out.append(byte)
        i += 1
        continue
      }
      // `string()` went past the byte after every backslash, so there is one.
      let kind = unsafe bytes[i + 1]
      switch kind {
      case 0x22, 0x5C, 0x2F: out.append(kind)
      case 0x62: out.append(0x08)
      case 0x66: out.append(0x0C)
      case 0x6E: out.append(0x0A)
      case 0x72: out.append(0x0D)
      case 0x74: out.append(0x09)
      case 0x75:
        i = try scalar(at: i, before: range.upperBound, into: &out)
        continue
      default: throw failure("expected an escape such as \\n or \\u00E9, found another", at: i)
      }
      i += 2
    }
  }

  /// Resolves `\uXXXX`, or two of them that are a surrogate pair; gives where it ends.
  private func scalar(
    at start: Int, before end: Int, into out: inout [UInt8]
  ) throws(PrepError) -> Int {
    var next = start + 6
    guard var value = unit(at: start, before: end) else {
      throw failure("expected four hexadecimal digits after \\u", at: start)
    }
    if (0xD800...0xDBFF).contains(value), let low = unit(at: next, before: end),
      (0xDC00...0xDFFF).contains(low)
    {
      value = 0x10000 + (value - 0xD800) << 10 + (low - 0xDC00)
      next += 6
    }
    guard let units = Unicode.Scalar(value).flatMap(UTF8.encode) else {
      throw failure("expected a character, found half a surrogate pair", at: start)
    }
    out.append(contentsOf: units)
    return next
  }

  private func unit(at start: Int, before end: Int) -> UInt32? {
    guard start + 6 <= end, unsafe bytes[start] == 0x5C, unsafe bytes[start + 1] == 0x75 else {
      return nil
    }
    var value: UInt32 = 0
    for i in start + 2..<start + 6 {
      let byte = unsafe bytes[i]
      switch byte {
      case 0x30...0x39: value = value << 4 | UInt32(byte - 0x30)
      case 0x41...0x46: value = value << 4 | UInt32(byte - 0x37)
      case 0x61...0x66: value = value << 4 | UInt32(byte - 0x57)
      default: return nil
      }
    }
    return value
  }
}
