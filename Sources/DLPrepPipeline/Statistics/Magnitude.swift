/// An unsigned integer of any size, for the few exact steps between sums and their rounded answers.
struct Magnitude {
  /// 64-bit words, the lowest first, without zero words at the top.
  private var words: [UInt64]

  /// The absolute value of a two's complement integer.
  init(absolute integer: Span<UInt64>) {
    let negative = Magnitude.isNegative(integer)
    var carry = negative
    words = []
    words.reserveCapacity(integer.count + 4)
    for index in 0..<integer.count {
      let word = negative ? ~integer[index] : integer[index]
      let (sum, overflow) = word.addingReportingOverflow(carry ? 1 : 0)
      words.append(sum)
      carry = overflow
    }
    trim()
  }

  /// Whether a two's complement integer is below zero.
  static func isNegative(_ integer: Span<UInt64>) -> Bool {
    integer.count > 0 && integer[integer.count - 1] >> 63 == 1
  }

  private mutating func trim() {
    while words.last == 0 { words.removeLast() }
  }

  /// Multiplies by a word.
  mutating func multiply(by factor: UInt64) {
    var carry: UInt64 = 0
    for index in words.indices {
      let (high, low) = words[index].multipliedFullWidth(by: factor)
      let (sum, overflow) = low.addingReportingOverflow(carry)
      words[index] = sum
      carry = high + (overflow ? 1 : 0)
    }
    words.append(carry)
    trim()
  }

  /// The square.
  func squared() -> Magnitude {
    var result = self
    result.words = Array(repeating: 0, count: words.count * 2)
    // Sums of doubles have long runs of zero words at the bottom.
    for (place, factor) in words.enumerated() where factor != 0 {
      var carry: UInt64 = 0
      for (index, word) in words.enumerated() {
        let product = factor.multipliedFullWidth(by: word)
        let sum =
          UInt128(product.high) << 64 + UInt128(product.low)
          + UInt128(result.words[place + index]) + UInt128(carry)
        result.words[place + index] = UInt64(truncatingIfNeeded: sum)
        carry = UInt64(truncatingIfNeeded: sum >> 64)
      }
      result.words[place + words.count] = carry
    }
    result.trim()
    return result
  }

  /// Takes away what isn't larger.
  mutating func subtract(_ other: Magnitude) {
    var borrow = false
    for index in words.indices {
      let part = index < other.words.count ? other.words[index] : 0
      let (difference, first) = words[index].subtractingReportingOverflow(part)
      let (result, second) = difference.subtractingReportingOverflow(borrow ? 1 : 0)
      words[index] = result
      borrow = first || second
    }
    trim()
  }

  /// `self × 2^exponent ÷ (first × second)`, rounded once.
  func divided(by first: UInt64, _ second: UInt64, exponent: Int) -> Double {
    if words.isEmpty { return 0 }
    // Room for the quotient: two divisors of 64 bits leave more than 64 bits of 256.
    var quotient = self
    quotient.words.insert(contentsOf: repeatElement(0, count: 3), at: 0)
    let inexact = [quotient.divide(by: first), quotient.divide(by: second)].contains(true)
    return quotient.rounded(exponent: exponent - 192, inexact: inexact)
  }

  /// Divides by a word, downwards, and says whether there was a rest.
  private mutating func divide(by divisor: UInt64) -> Bool {
    if divisor == 1 { return false }
    var rest: UInt64 = 0
    for index in words.indices.reversed() {
      (words[index], rest) = divisor.dividingFullWidth((rest, words[index]))
    }
    trim()
    return rest != 0
  }

  /// The double nearest to `self × 2^exponent`; what was cut off before is `inexact`.
  private func rounded(exponent: Int, inexact: Bool) -> Double {
    let low = max(0, words.count - 2)
    let top = words[low...].reversed().reduce(UInt128(0)) { $0 << 64 | UInt128($1) }
    let dropped = words[..<low].contains { $0 != 0 }
    return Double(rounding: top, exponent: exponent + 64 * low, inexact: inexact || dropped)
  }
}
