import CDLPrepScan
import DLPrepData

/// Where a byte of a buffer stands in its file.
enum BytePlace {
  /// The place of a byte; the buffer starts at the start of line `firstLine`.
  static func place(
    _ bytes: UnsafePointer<UInt8>, at offset: Int, firstLine: Int, file: String
  ) -> Place {
    let line = unsafe firstLine + lineEnds(bytes, offset)
    var start = offset
    while start > 0 {
      let byte = unsafe bytes[start - 1]
      if byte == 10 { break }
      if byte == 13, unsafe bytes[start] != 10 { break }
      start -= 1
    }
    let column = unsafe scalars(bytes + start, offset - start) + 1
    return Place(file: file, line: line, column: column)
  }

  /// Physical line ends among the first `count` bytes.
  static func lineEnds(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    unsafe Int(dlp_line_ends(bytes, count))
  }

  /// Bytes that continue no scalar, also where the text is damaged.
  private static func scalars(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> Int {
    unsafe Int(dlp_scalars(bytes, count))
  }
}

/// A byte that can't be part of the text.
struct BadByte {
  /// Where it is in the buffer.
  var at: Int
  /// NUL, or not UTF-8.
  var isNul: Bool

  /// The first one among `count` bytes; nil where all is valid UTF-8 without NUL.
  static func first(
    _ bytes: UnsafePointer<UInt8>, _ count: Int, hasHigh: Bool, hasNul: Bool
  ) -> BadByte? {
    let valid = hasHigh ? unsafe Int(dlp_utf8_valid_prefix(bytes, count)) : count
    let nul = hasNul ? unsafe Int(dlp_find(bytes, count, 0)) : count
    if valid >= count && nul >= count { return nil }
    return nul < valid ? BadByte(at: nul, isNul: true) : BadByte(at: valid, isNul: false)
  }

  /// The error, without a place; the buffer starts at byte `offset` of the file.
  func error(_ bytes: UnsafePointer<UInt8>, offset: Int) -> PrepError {
    if isNul {
      return PrepError(.nul, "expected text, found a NUL byte", hint: hint(offset + at))
    }
    let digits = unsafe String(bytes[at], radix: 16, uppercase: true)
    return PrepError(
      .encoding, "expected UTF-8, found the byte 0x\(digits)",
      hint: "state the encoding, for example --encoding cp1252 or latin1")
  }

  /// Text in 16-bit units has a NUL beside its first letter already.
  private func hint(_ byte: Int) -> String {
    switch byte {
    case 0: "it looks like UTF-16: try --encoding utf-16be"
    case 1: "it looks like UTF-16: try --encoding utf-16le"
    default: "the file may be damaged, or text in another encoding (--encoding utf-16le)"
    }
  }

  /// Whether more bytes could still make it valid: a scalar that is cut at the end of what was read.
  func isUndecided(_ count: Int) -> Bool { !isNul && at >= count - 3 }
}
