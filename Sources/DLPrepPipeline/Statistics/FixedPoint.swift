/// How the numbers of a column become whole numbers, so that sums of their products are exact.
///
/// A number becomes (x − center) ÷ 2^exponent, rounded to the nearest whole number. The unit is
/// chosen by the column's largest distance from its center, as small as 128 bits for the sum of so
/// many products admit: within 2^-50 of that distance for up to 2^24 rows. Whole numbers add up to the
/// same sum in any order.
package struct FixedPoint: Sendable, Equatable {
  /// What is subtracted.
  package let center: Double
  /// The unit is 2^`exponent`.
  package let exponent: Int
  /// Whole numbers have at most so many bits.
  let bits: Int
  /// What a distance is multiplied by: in two steps, as the factor itself may be no double.
  let factors: (Double, Double)

  /// For numbers at most `distance` from `center`, in `rows` rows.
  package init(center: Double, distance: Double, rows: Int) {
    self.center = center
    bits = min(60, (125 - (Int.bitWidth - rows.leadingZeroBitCount)) / 2)
    let top = distance > 0 && distance.isFinite ? Int(distance.exponent) + 1 : 0
    exponent = top - bits
    factors = (1.0.times(-exponent / 2), 1.0.times(-exponent - (-exponent / 2)))
  }

  /// The whole number for a number.
  @inline(__always)
  package func callAsFunction(_ value: Double) -> Int64 {
    Int64(exactly: ((value - center) * factors.0 * factors.1).rounded()) ?? 0
  }

  /// Whether both turn numbers into the same whole numbers.
  package static func == (a: FixedPoint, b: FixedPoint) -> Bool {
    a.center == b.center && a.exponent == b.exponent
  }
}

/// Sums over rows of two columns of whole numbers (`FixedPoint`), from which follow their
/// covariance and correlation.
package struct PairSums: Sendable, Equatable {
  /// How many rows there are.
  package var count = 0
  /// The sum of the first column.
  package var x: Int128 = 0
  /// The sum of the second column.
  package var y: Int128 = 0
  /// The sum of the first column's squares.
  package var xx: Int128 = 0
  /// The sum of the second column's squares.
  package var yy: Int128 = 0
  /// The sum of products.
  package var xy: Int128 = 0

  /// Sums of nothing.
  package init() {}

  /// Adds a row.
  package mutating func add(_ first: Int64, _ second: Int64) {
    count += 1
    x += Int128(first)
    y += Int128(second)
    xx += Int128(first) * Int128(first)
    yy += Int128(second) * Int128(second)
    xy += Int128(first) * Int128(second)
  }

  /// Adds the sums over other rows.
  package mutating func merge(_ other: PairSums) {
    count += other.count
    x += other.x
    y += other.y
    xx += other.xx
    yy += other.yy
    xy += other.xy
  }

  /// Pearson's correlation; NaN where a column has one value only.
  package var correlation: Double {
    let spread = Self.spread(count, xx, x, x) * Self.spread(count, yy, y, y)
    if count < 2 || spread == 0 { return .nan }
    return min(1, max(-1, Self.spread(count, xy, x, y) / spread.squareRoot()))
  }

  /// The sample's covariance, in units of 2^`exponent`: the sum of both columns' exponents.
  package func covariance(exponent: Int) -> Double {
    guard count > 1 else { return .nan }
    let n = Double(count)
    return (Self.spread(count, xy, x, y) / (n * (n - 1))).times(exponent)
  }

  /// n Σxy − Σx Σy, rounded once.
  private static func spread(_ n: Int, _ xy: Int128, _ x: Int128, _ y: Int128) -> Double {
    let all = xy.multipliedFullWidth(by: Int128(n))
    let means = x.multipliedFullWidth(by: y)
    let (low, borrow) = all.low.subtractingReportingOverflow(means.low)
    let high = all.high &- means.high &- (borrow ? 1 : 0)
    let isNegative = high < 0
    let bottom = isNegative ? ~low &+ 1 : low
    let top = isNegative ? UInt128(bitPattern: ~high) &+ (bottom == 0 ? 1 : 0) : UInt128(high)
    if top == 0 {
      return Double(rounding: bottom, exponent: 0, inexact: false, negative: isNegative)
    }
    let room = UInt128(top.leadingZeroBitCount)
    let wide = room == 0 ? top : top << room | bottom >> (128 - room)
    return Double(
      rounding: wide, exponent: 128 - Int(room), inexact: bottom << room != 0, negative: isNegative)
  }
}

extension Double {
  /// This number times 2^`exponent`.
  fileprivate func times(_ exponent: Int) -> Double {
    Double(sign: .plus, exponent: exponent, significand: self)
  }
}
