/// The smallest and largest value, and how many values there were.
///
/// Zeros are equal whatever their sign, and are answered as 0.0. NaN counts but is never an
/// extreme; the engine refuses it before it gets here.
package struct Extremes<Value: Comparable & Sendable & BitwiseCopyable>: Sendable, Equatable {
  /// How many values were not missing.
  private(set) package var count = 0
  private var least: Value
  private var most: Value

  /// The smallest value; `nil` without values.
  package var min: Value? { least <= most ? least : nil }

  /// The largest value; `nil` without values.
  package var max: Value? { least <= most ? most : nil }

  /// Adds what was seen in another part of the rows.
  package mutating func merge(_ other: Extremes) {
    count += other.count
    least = Swift.min(least, other.least)
    most = Swift.max(most, other.most)
  }

  /// Looks at the values; four lanes, as one comparison can't wait for the one before.
  @inline(__always)
  private mutating func observe(_ values: Span<Value>, _ missing: Span<UInt64>?) {
    var low = (least, least, least, least)
    var high = (most, most, most, most)
    var count = 0
    forEachPresent(in: values, missing: missing) { value in
      (low.0, low.1, low.2, low.3) = (low.1, low.2, low.3, value < low.0 ? value : low.0)
      (high.0, high.1, high.2, high.3) = (high.1, high.2, high.3, value > high.0 ? value : high.0)
      count &+= 1
    }
    least = Swift.min(low.0, low.1, low.2, low.3)
    most = Swift.max(high.0, high.1, high.2, high.3)
    self.count += count
  }
}

extension Extremes<Double> {
  /// The extremes of nothing.
  package init() {
    least = .infinity
    most = -.infinity
  }

  /// Looks at the values that aren't missing: bit `i & 63` of word `i >> 6` set is missing.
  package mutating func observe(_ values: Span<Double>, missing: Span<UInt64>? = nil) {
    observe(values, missing)
    least += 0.0
    most += 0.0
  }
}

extension Extremes<Int64> {
  /// The extremes of nothing.
  package init() {
    least = .max
    most = .min
  }

  /// Looks at the values that aren't missing.
  package mutating func observe(_ values: Span<Int64>, missing: Span<UInt64>? = nil) {
    observe(values, missing)
  }
}
