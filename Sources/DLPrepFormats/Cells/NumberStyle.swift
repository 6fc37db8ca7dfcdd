/// How numbers are written: the byte before the decimals, and the byte between thousands.
struct NumberStyle: Sendable, Equatable {
  var decimal = UInt8(ascii: ".")
  /// 0: none.
  var thousands: UInt8 = 0

  /// Whether numbers stand as the parser takes them.
  var isPlain: Bool { decimal == UInt8(ascii: ".") && thousands == 0 }

  /// The number in the plain style, in the scratch's memory; nil where it can't be one.
  ///
  /// Groups are exactly three digits, the first one to three, and only before the decimals; a
  /// number without any separator is fine too.
  func plain(_ text: UnsafeBufferPointer<UInt8>, _ scratch: Scratch) -> UnsafeBufferPointer<UInt8>?
  {
    if isPlain { return unsafe text }
    let out = unsafe scratch.room(text.count)
    var end = 0
    var digits = 0
    var isGrouped = false
    var isWhole = true
    var start = 0
    if text.count > 0, unsafe text[0] == UInt8(ascii: "-") || text[0] == UInt8(ascii: "+") {
      unsafe out[0] = text[0]
      start = 1
      end = 1
    }
    for i in start..<max(start, text.count) {
      var byte = unsafe text[i]
      if isWhole, thousands != 0, byte == thousands {
        guard isGrouped ? digits == 3 : (1...3).contains(digits) else { return nil }
        isGrouped = true
        digits = 0
        continue
      }
      if isWhole, byte &- 48 < 10 {
        digits += 1
      } else {
        if isWhole, isGrouped, digits != 3 { return nil }
        if byte == decimal {
          guard isWhole else { return nil }
          byte = UInt8(ascii: ".")
        } else if byte == UInt8(ascii: ".") {
          return nil
        }
        isWhole = false
      }
      unsafe out[end] = byte
      end += 1
    }
    if isWhole, isGrouped, digits != 3 { return nil }
    return unsafe UnsafeBufferPointer(rebasing: out[..<end])
  }
}
