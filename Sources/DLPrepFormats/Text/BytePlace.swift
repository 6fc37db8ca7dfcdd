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

  /// The error, without a place.
  func error(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> PrepError {
    if isNul {
      return unsafe PrepError(.nul, "expected text, found a NUL byte", hint: hint(bytes, count))
    }
    let digits = unsafe String(bytes[at], radix: 16, uppercase: true)
    return PrepError(
      .encoding, "expected UTF-8, found the byte 0x\(digits)",
      hint: "state the encoding, for example --encoding cp1252 or latin1")
  }

  /// Text in 16-bit units has a NUL beside nearly every letter.
  private func hint(_ bytes: UnsafePointer<UInt8>, _ count: Int) -> String {
    let head = min(count, 64)
    var even = 0
    var odd = 0
    for i in 0..<head where unsafe bytes[i] == 0 {
      if i % 2 == 0 { even += 1 } else { odd += 1 }
    }
    if odd * 4 >= head, even == 0 { return "it looks like UTF-16: try --encoding utf-16le" }
    if even * 4 >= head, odd == 0 { return "it looks like UTF-16: try --encoding utf-16be" }
    return "the file may be damaged, or no text at all"
  }
}
