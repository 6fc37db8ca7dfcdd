import DLPrepBytes
import DLPrepData

/// Where the text of an artifact holds its own hash, and what stands around it.
///
/// The hash is that of the canonical text without the member `sha256`. A file that is as it was
/// written is that text with the member in it, so it can be checked without writing it once more.
struct SealedText {
  /// The bytes of the member, with the comma that goes with it.
  private let member: Range<Int>
  /// The 64 digits.
  private let digits: Range<Int>
  /// Where the text ends, white space after it not counted.
  private let end: Int

  /// Finds the hash among the members of an object; nil where there is none to be found.
  init?(_ text: JSONCursor) throws(PrepError) {
    var cursor = text
    var last: [UInt8]?
    while true {
      let start = cursor.offset
      guard let key = try cursor.nextKey(after: last) else { return nil }
      guard key.elementsEqual("sha256".utf8) else {
        last = key
        try cursor.skip()
        continue
      }
      guard cursor.peek() == 0x22 else { return nil }
      let (range, hasEscapes) = try cursor.string()
      if hasEscapes || range.count != 64 { return nil }
      digits = range
      // `start` is at the comma before the member, or at the brace where it is the first.
      if last != nil {
        member = start..<cursor.offset
      } else {
        member = start + 1..<cursor.offset + (cursor.peek() == 0x2C ? 1 : 0)
      }
      break
    }
    var end = unsafe text.bytes.count
    while end > member.upperBound, unsafe Self.isBlank(text.bytes[end - 1]) { end -= 1 }
    self.end = end
  }

  /// Whether what stands around the hash has that hash.
  func isIntact(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    var hash = SHA256()
    unsafe hash.update(
      UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[..<member.lowerBound]))
    unsafe hash.update(
      UnsafeRawBufferPointer(rebasing: UnsafeRawBufferPointer(bytes)[member.upperBound..<end]))
    let found = SHA256.hexadecimal(hash: hash.finish())
    return unsafe bytes[digits].elementsEqual(found.utf8)
  }

  private static func isBlank(_ byte: UInt8) -> Bool {
    byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
  }
}
