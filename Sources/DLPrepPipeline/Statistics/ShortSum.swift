/// The exact sum of few numbers whose exponents lie close together, in 128 bits.
///
/// As exact as `ExactSum`, which takes a buffer and has more to do when it is rounded.
package struct ShortSum {
  /// How many numbers there may be: their sum takes five bits more than one of them.
  package static let limit = 32
  /// By how many bits exponents may differ: 53 bits of a mantissa, these and the five make 122.
  private static let reach = 64

  private var total: Int128 = 0
  private var base = 0

  /// Adds numbers, leaving nil out; fails where they are too many, too far apart or not finite.
  package init?(_ numbers: [Double?]) {
    guard numbers.count <= Self.limit else { return nil }
    var (low, high) = (Int.max, Int.min)
    for number in numbers {
      guard let number, number != 0 else { continue }
      let field = DoubleParts(number).field
      if field == 2047 { return nil }
      low = min(low, field)
      high = max(high, field)
    }
    guard low <= high else { return }
    base = DoubleParts.position(field: low)
    guard DoubleParts.position(field: high) - base <= Self.reach else { return nil }
    for number in numbers {
      guard let number, number != 0 else { continue }
      let parts = DoubleParts(number)
      total &+= Int128(parts.signed) &<< Int128(parts.position - base)
    }
  }

  /// The double nearest to sum ÷ count: rounded once.
  package func divided(by count: Int) -> Double {
    PowerSums.mean(count: count, sum: total, unit: base - 1074)
  }
}
