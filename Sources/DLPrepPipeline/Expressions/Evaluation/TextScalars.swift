/// Unicode scalars of UTF-8 text; bytes that are no UTF-8 count one each, as they stand.
enum TextScalars {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// How many there are: bytes that continue none.
  static func count(_ bytes: Bytes) -> Int {
    var count = 0
    for i in 0..<bytes.count where unsafe bytes[i] & 0xC0 != 0x80 { count += 1 }
    return count
  }

  /// A part of the text: scalars from `start` on, at most `length` of them; a negative start counts
  /// from the end.
  static func slice(_ bytes: Bytes, _ start: Int, _ length: Int?) -> Slice<Bytes> {
    let total = unsafe count(bytes)
    let first = start >= 0 ? min(start, total) : max(0, total + max(start, -total))
    // A start before the text takes its length along.
    let beyond = start < 0 && start < -total ? start &+ total : 0
    let wanted = max(0, (length ?? .max).addingReportingOverflow(beyond).partialValue)
    let last = length == nil ? total : min(total, first + min(wanted, total - first))
    var position = -1
    var (from, to) = (bytes.count, bytes.count)
    for i in 0..<bytes.count where unsafe bytes[i] & 0xC0 != 0x80 {
      position += 1
      if position == first { from = i }
      if position == last {
        to = i
        break
      }
    }
    if last <= first { to = from }
    return unsafe bytes[min(from, to)..<to]
  }

  /// The text without Unicode white space at both ends.
  static func trimmed(_ bytes: Bytes) -> Slice<Bytes> {
    var from = 0
    var to = bytes.count
    while from < to {
      let width = unsafe width(of: bytes, at: from, before: to)
      guard unsafe isSpace(bytes, from, width) else { break }
      from += width
    }
    while to > from {
      var start = to - 1
      while unsafe start > from && bytes[start] & 0xC0 == 0x80 { start -= 1 }
      guard unsafe isSpace(bytes, start, to - start) else { break }
      to = start
    }
    return unsafe bytes[from..<to]
  }

  private static func width(of bytes: Bytes, at start: Int, before end: Int) -> Int {
    var next = start + 1
    while unsafe next < end && bytes[next] & 0xC0 == 0x80 { next += 1 }
    return next - start
  }

  private static func isSpace(_ bytes: Bytes, _ start: Int, _ width: Int) -> Bool {
    let first = unsafe bytes[start]
    if width == 1 { return first == 0x20 || (0x09...0x0D).contains(first) }
    let scalar = unsafe String(
      decoding: bytes[start..<(start + width)], as: UTF8.self
    ).unicodeScalars.first
    return scalar?.properties.isWhitespace ?? false
  }
}

/// Upper and lower case: ASCII by itself, all else as Unicode has it.
enum TextCase {
  static func append(_ bytes: UnsafeBufferPointer<UInt8>, to out: inout [UInt8], isUpper: Bool) {
    let isASCII = unsafe bytes.allSatisfy { $0 < 0x80 }
    guard isASCII else {
      let text = unsafe String(decoding: bytes, as: UTF8.self)
      out += (isUpper ? text.uppercased() : text.lowercased()).utf8
      return
    }
    let first = UInt8(ascii: isUpper ? "a" : "A")
    for i in 0..<bytes.count {
      let byte = unsafe bytes[i]
      out.append(byte &- first < 26 ? byte ^ 0x20 : byte)
    }
  }
}

/// Finds and replaces runs of bytes.
enum ByteSearch {
  typealias Bytes = UnsafeBufferPointer<UInt8>

  /// Where some bytes first stand in others, from a position on.
  static func first(_ part: Bytes, in bytes: Bytes, from start: Int) -> Int? {
    guard let head = unsafe part.first else { return start }
    var at = start
    while at + part.count <= bytes.count {
      if unsafe bytes[at] == head {
        var i = 1
        while unsafe i < part.count && bytes[at + i] == part[i] { i += 1 }
        if i == part.count { return at }
      }
      at += 1
    }
    return nil
  }

  /// Appends bytes with each stretch of `old` replaced.
  static func append(_ bytes: Bytes, to out: inout [UInt8], replacing old: [UInt8], by new: [UInt8])
  {
    unsafe old.withUnsafeBufferPointer { old in
      var at = 0
      while let found = unsafe first(old, in: bytes, from: at), old.count > 0 {
        unsafe out.append(contentsOf: bytes[at..<found])
        out += new
        at = found + old.count
      }
      unsafe out.append(contentsOf: bytes[at...])
    }
  }
}
