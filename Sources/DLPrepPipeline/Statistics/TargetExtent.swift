/// Between which powers of two the bits of a target lie: the grid on which its sums are exact.
package struct TargetExtent: Sendable, Equatable {
  /// The position of the lowest bit of any value, counted from 2^-1074.
  private(set) var low = Int.max
  /// The position above the highest bit of any value.
  private(set) var high = 0
  /// Whether an infinity or NaN came in; every answer is NaN then.
  private(set) package var hasNonFinite = false

  /// The extent of nothing.
  package init() {}

  /// Looks at a part of the target.
  package mutating func observe(_ values: Span<Double>) {
    for index in 0..<values.count {
      let parts = DoubleParts(values[index])
      if parts.field == 2047 {
        hasNonFinite = true
      } else {
        observe(parts.signed.magnitude, position: parts.position)
      }
    }
  }

  /// Looks at a part of an integer target.
  package mutating func observe(_ values: Span<Int64>) {
    for index in 0..<values.count { observe(values[index].magnitude, position: 1074) }
  }

  /// Adds what was seen of other rows.
  package mutating func merge(_ other: TargetExtent) {
    low = min(low, other.low)
    high = max(high, other.high)
    hasNonFinite = hasNonFinite || other.hasNonFinite
  }

  /// The position that sums count from.
  var base: Int { min(low, high) }

  /// How many bits the largest value has above the lowest bit of any.
  var bits: Int { high - base }

  @inline(__always)
  private mutating func observe(_ magnitude: UInt64, position: Int) {
    guard magnitude != 0 else { return }
    low = min(low, position + magnitude.trailingZeroBitCount)
    high = max(high, position + 64 - magnitude.leadingZeroBitCount)
  }
}
