import CDLPrepScan

extension RawText {
  /// Adds an integer's digits.
  mutating func append(integer value: Int64) {
    reserve(20)
    if value < 0 { append(UInt8(ascii: "-")) }
    append(digits: value.magnitude, atLeast: 1)
  }

  /// Adds digits, with leading zeros up to a width of at most 20.
  mutating func append(digits value: UInt64, atLeast width: Int) {
    reserve(20)
    var length = 1
    var rest = value
    while rest >= 10 {
      rest /= 10
      length += 1
    }
    length = max(length, width)
    rest = value
    var at = count + length
    while at > count {
      at -= 1
      unsafe bytes[at] = UInt8(truncatingIfNeeded: 48 + rest % 10)
      rest /= 10
    }
    commit(length)
  }

  /// Adds the shortest text that reads back to the same number, as Swift and Python print it.
  ///
  /// Numbers with few decimals are told by division: a quotient of two exact integers is rounded
  /// once, so if it is the number, its decimals read back to it; they are the shortest because
  /// 15 digits tell all numbers apart. The standard library prints what is left: infinities, NaN and
  /// numbers below 1e-291.
  mutating func append(float value: Double) {
    let size = value.magnitude
    if size < 1e9, size >= 1e-3 {
      let whole = UInt64(size)
      if Double(whole) == size {
        reserve(32)
        if value < 0 { append(UInt8(ascii: "-")) }
        append(digits: whole, atLeast: 1)
        append(UInt8(ascii: "."))
        append(48)
        return
      }
      // Rounded to a whole number: beyond 2^52 a double has no decimals.
      let scaled = size * 1e6 + 0x1p52 - 0x1p52
      if scaled / 1e6 == size {
        append(millionths: UInt64(scaled), isNegative: value < 0)
        return
      }
    }
    reserve(32)
    let length = value.isFinite ? unsafe dlp_print_double(value, bytes + count) : 0
    if length > 0 { return commit(length) }
    var text = value.description
    text.withUTF8 { unsafe append($0) }
  }

  private mutating func append(millionths: UInt64, isNegative: Bool) {
    reserve(32)
    if isNegative { append(UInt8(ascii: "-")) }
    append(digits: millionths / 1_000_000, atLeast: 1)
    append(UInt8(ascii: "."))
    var decimals = millionths % 1_000_000
    var width = 6
    while decimals % 10 == 0, width > 1 {
      decimals /= 10
      width -= 1
    }
    append(digits: decimals, atLeast: width)
  }

  /// Adds a number of an integer column: digits where it is whole.
  mutating func append(integral value: Double) {
    if value.magnitude <= 9_007_199_254_740_992, value.rounded(.towardZero) == value {
      append(integer: Int64(value))
    } else {
      append(float: value)
    }
  }
}
