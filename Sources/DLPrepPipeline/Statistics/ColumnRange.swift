/// The mean of some numbers, rounded once, and how far they lie from it.
package struct ColumnRange: Sendable {
  private var sum = ExactSum()
  private var extremes = Extremes<Double>()

  /// Of nothing.
  package init() {}

  /// Adds the numbers that aren't missing.
  package mutating func add(_ values: Span<Double>, _ missing: Span<UInt64>? = nil) {
    sum.add(values, missing: missing)
    extremes.observe(values, missing: missing)
  }

  /// Adds those of other rows.
  package mutating func merge(_ other: ColumnRange) {
    sum.merge(other.sum)
    extremes.merge(other.extremes)
  }

  /// How many numbers there are.
  package var count: Int { extremes.count }
  /// Their mean; 0 where there are none.
  package var mean: Double { count == 0 ? 0 : sum.divided(by: count) }
  /// The largest distance from the mean.
  package var distance: Double { distance(from: mean) }
  /// The largest distance from a number.
  package func distance(from center: Double) -> Double {
    guard let low = extremes.min, let high = extremes.max else { return 0 }
    return max(high - center, center - low)
  }
  /// Whether mean and distance are finite.
  package var isFinite: Bool { mean.isFinite && distance.isFinite }
}
