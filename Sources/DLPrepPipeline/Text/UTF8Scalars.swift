/// Unicode scalars where they stand in UTF-8.
package enum UTF8Scalars {
  /// The scalar that starts at a place, and how many bytes it takes; a byte that starts none is a
  /// replacement character of one byte.
  package static func scalar(
    _ bytes: UnsafeBufferPointer<UInt8>, _ at: Int
  ) -> (scalar: Unicode.Scalar, length: Int) {
    let first = unsafe UInt32(bytes[at])
    if first < 0x80 { return (Unicode.Scalar(UInt8(first)), 1) }
    let length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : first >= 0xC0 ? 2 : 1
    guard length > 1, at + length <= bytes.count else { return ("\u{FFFD}", 1) }
    var value = first & (0x7F >> UInt32(length))
    for i in 1..<length {
      let next = unsafe UInt32(bytes[at + i])
      guard next & 0xC0 == 0x80 else { return ("\u{FFFD}", 1) }
      value = value << 6 | next & 0x3F
    }
    guard let scalar = Unicode.Scalar(value) else { return ("\u{FFFD}", 1) }
    return (scalar, length)
  }
}
