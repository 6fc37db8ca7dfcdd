/// Arithmetic on two's complement integers of any width: 64-bit words, the lowest first.
///
/// Exact sums are such integers, counted in units of a fixed power of two. A value has only one
/// representation, so equal sums are equal bits however they came about. An integer is a range of
/// words among others, as many of them lie side by side.
enum WideInteger {
  /// Adds a value times 2^`shift`, which the caller knows to fit.
  @inline(__always)
  static func add(
    _ value: Int128, shift: Int, to words: inout MutableSpan<UInt64>, in range: Range<Int>
  ) {
    let low = UInt64(truncatingIfNeeded: value)
    let high = Int64(truncatingIfNeeded: value >> 64)
    let bits = UInt64(shift & 63)
    // Two steps, as a shift by 64 isn't what the processor does.
    let spilled = (low >> 1) >> (63 - bits)
    add(
      low &<< bits, UInt64(bitPattern: high) &<< bits | spilled,
      UInt64(bitPattern: (high >> 1) >> Int64(63 - bits)), sign: UInt64(bitPattern: high >> 63),
      to: &words, in: range.lowerBound + shift >> 6..<range.upperBound)
  }

  /// Adds a value without a sign times 2^`shift`.
  @inline(__always)
  static func add(
    _ value: UInt128, shift: Int, to words: inout MutableSpan<UInt64>, in range: Range<Int>
  ) {
    let low = UInt64(truncatingIfNeeded: value)
    let high = UInt64(truncatingIfNeeded: value >> 64)
    let bits = UInt64(shift & 63)
    add(
      low &<< bits, high &<< bits | (low >> 1) >> (63 - bits), (high >> 1) >> (63 - bits),
      sign: 0, to: &words, in: range.lowerBound + shift >> 6..<range.upperBound)
  }

  /// Adds three words and their sign's endless repetition.
  @inline(__always)
  private static func add(
    _ low: UInt64, _ middle: UInt64, _ high: UInt64, sign: UInt64,
    to words: inout MutableSpan<UInt64>, in range: Range<Int>
  ) {
    var carry = false
    var index = range.lowerBound
    addWord(low, to: &words[index], carry: &carry)
    index += 1
    if index < range.upperBound {
      addWord(middle, to: &words[index], carry: &carry)
      index += 1
    }
    if index < range.upperBound {
      addWord(high, to: &words[index], carry: &carry)
      index += 1
    }
    // From here on every word gets the sign and the carry: nothing at all where they cancel.
    while index < range.upperBound, carry != (sign != 0) {
      addWord(sign, to: &words[index], carry: &carry)
      index += 1
    }
  }

  @inline(__always)
  private static func addWord(_ part: UInt64, to word: inout UInt64, carry: inout Bool) {
    let (sum, first) = word.addingReportingOverflow(part)
    let (result, second) = sum.addingReportingOverflow(carry ? 1 : 0)
    word = result
    carry = first || second
  }

  /// Adds an integer of the same width.
  static func add(
    _ other: Span<UInt64>, to words: inout MutableSpan<UInt64>, in range: Range<Int>
  ) {
    var carry = false
    for index in 0..<range.count {
      addWord(other[index], to: &words[range.lowerBound + index], carry: &carry)
    }
  }

  /// Takes away an integer of the same width.
  static func subtract(
    _ other: Span<UInt64>, from words: inout MutableSpan<UInt64>, in range: Range<Int>
  ) {
    var carry = true
    for index in 0..<range.count {
      addWord(~other[index], to: &words[range.lowerBound + index], carry: &carry)
    }
  }
}

extension Int64 {
  /// Its square, up to 126 bits.
  ///
  /// One instruction, where `multipliedFullWidth` is a call for each number of a loop.
  @inline(__always)
  var square: UInt128 {
    let wide = UInt128(truncatingIfNeeded: magnitude)
    return wide &* wide
  }
}
