/// Mean and variance from exact sums, each computed as one fraction of integers and rounded once.
///
/// The sums are two's complement integers: `sum` counts units of 2^`unit`, `squares` units of
/// 2^(2 `unit`). Rounded sums would lose everything where the mean is large beside the spread.
enum PowerSums {
  /// `sum ÷ count`; NaN without values.
  static func mean(count: Int, sum: Span<UInt64>, unit: Int) -> Double {
    guard count > 0 else { return .nan }
    if let small = int128(sum) { return mean(count: count, sum: small, unit: unit) }
    let result = Magnitude(absolute: sum).divided(by: UInt64(count), 1, exponent: unit)
    return Magnitude.isNegative(sum) ? -result : result
  }

  /// The same of a small sum.
  static func mean(count: Int, sum: Int128, unit: Int) -> Double {
    guard count > 0 else { return .nan }
    let result = quotient(sum.magnitude, by: UInt64(count), exponent: unit)
    return sum < 0 ? -result : result
  }

  /// `(count × squares − sum²) ÷ (count × divisor)`, times 2^`scale`; NaN without a divisor.
  ///
  /// `divisor` is `count` for the population's variance and `count - 1` for the sample's.
  static func variance(
    count: Int, divisor: Int, sum: Span<UInt64>, squares: Span<UInt64>, unit: Int, scale: Int = 0
  ) -> Double {
    guard count > 0, divisor > 0 else { return .nan }
    let exponent = 2 * unit + scale
    if let small = smallVariance(
      count: count, divisor: divisor, sum: sum, squares: squares, exponent: exponent)
    {
      return small
    }
    var spread = Magnitude(absolute: squares)
    spread.multiply(by: UInt64(count))
    spread.subtract(Magnitude(absolute: sum).squared())
    return spread.divided(by: UInt64(count), UInt64(divisor), exponent: exponent)
  }

  /// The root of the variance, also where the variance itself is no double.
  static func standardDeviation(
    count: Int, divisor: Int, sum: Span<UInt64>, squares: Span<UInt64>, unit: Int
  ) -> Double {
    func variance(scale: Int) -> Double {
      Self.variance(
        count: count, divisor: divisor, sum: sum, squares: squares, unit: unit, scale: scale)
    }
    let plain = variance(scale: 0)
    if plain.isNormal || plain.isNaN { return plain.squareRoot() }
    let scale = plain.isInfinite ? -1100 : 2000
    let root = variance(scale: scale).squareRoot()
    return Double(sign: .plus, exponent: -scale / 2, significand: root)
  }

  /// The usual case of target encoding: all in 128 bits, without big integers.
  private static func smallVariance(
    count: Int, divisor: Int, sum: Span<UInt64>, squares: Span<UInt64>, exponent: Int
  ) -> Double? {
    guard let sum = int128(sum), let squares = int128(squares) else { return nil }
    let (square, first) = sum.magnitude.multipliedReportingOverflow(by: sum.magnitude)
    let (total, second) = squares.magnitude.multipliedReportingOverflow(by: UInt128(count))
    let (below, third) = UInt64(count).multipliedReportingOverflow(by: UInt64(divisor))
    if first || second || third { return nil }
    return quotient(total - square, by: below, exponent: exponent)
  }

  /// `value × 2^exponent ÷ divisor`, rounded once.
  private static func quotient(_ value: UInt128, by divisor: UInt64, exponent: Int) -> Double {
    guard value != 0 else { return 0 }
    // With the top bit set, the quotient has at least 64 bits.
    let room = value.leadingZeroBitCount
    let wide = value << UInt128(room)
    let (high, rest) = divisor.dividingFullWidth((0, UInt64(wide >> 64)))
    let (low, last) = divisor.dividingFullWidth((rest, UInt64(truncatingIfNeeded: wide)))
    return Double(
      rounding: UInt128(high) << 64 | UInt128(low), exponent: exponent - room, inexact: last != 0)
  }

  private static func int128(_ words: Span<UInt64>) -> Int128? {
    switch words.count {
    case 1: Int128(Int64(bitPattern: words[0]))
    case 2: Int128(Int64(bitPattern: words[1])) << 64 | Int128(words[0])
    default: nil
    }
  }
}
