/// The exact sum of doubles: any order, any partition and any merging give the same bits.
///
/// An integer in units of 2^-1074, the smallest double, wide enough for 2^64 times the largest
/// (a superaccumulator, after Kulisch, and Neal, arXiv:1505.05571). It is rounded only when asked.
package struct ExactSum: Sendable, Equatable {
  static let wordCount = 34

  private var words = [UInt64](repeating: 0, count: wordCount)
  /// Whether an infinity or NaN came in; every answer is NaN then.
  private(set) package var hasNonFinite = false

  /// A sum of nothing, which is zero.
  package init() {}

  /// The sum that is a given integer in units of 2^-1074.
  init(integer: [UInt64], hasNonFinite: Bool) {
    words = integer
    self.hasNonFinite = hasNonFinite
  }

  /// Adds the values that aren't missing: bit `i & 63` of word `i >> 6` set is missing.
  package mutating func add(_ values: Span<Double>, missing: Span<UInt64>? = nil) {
    if values.count < BinadeTable.worthwhile {
      return forEachPresent(in: values, missing: missing) { add($0) }
    }
    forEachPiece(of: values, missing: missing, size: BinadeTable.limit) { values, missing in
      var table = BinadeTable(squares: false)
      table.add(values, missing: missing)
      if table.highest == 2047 { hasNonFinite = true }
      table.forEachBinade { field, sum, _ in add(sum, position: DoubleParts.position(field: field))
      }
    }
  }

  /// Adds one value.
  package mutating func add(_ value: Double) {
    let parts = DoubleParts(value)
    if parts.field == 2047 { hasNonFinite = true }
    add(Int128(parts.signed), position: parts.position)
  }

  /// Adds integers, also those that no double can hold.
  package mutating func add(_ values: Span<Int64>, missing: Span<UInt64>? = nil) {
    var sum: Int128 = 0
    forEachPresent(in: values, missing: missing) { sum &+= Int128($0) }
    add(sum, position: 1074)
  }

  /// Adds the values of another part of the rows.
  package mutating func merge(_ other: ExactSum) {
    var span = words.mutableSpan
    WideInteger.add(other.words.span, to: &span, in: 0..<Self.wordCount)
    hasNonFinite = hasNonFinite || other.hasNonFinite
  }

  /// The double nearest to the sum, ties to even; NaN after infinities or NaN.
  package var rounded: Double { divided(by: 1) }

  /// The double nearest to sum ÷ count: rounded once, not twice.
  package func divided(by count: Int) -> Double {
    hasNonFinite ? .nan : PowerSums.mean(count: count, sum: words.span, unit: -1074)
  }

  /// Whether the sum is exactly zero.
  package var isZero: Bool { !hasNonFinite && !words.contains { $0 != 0 } }

  /// The integer itself, in units of 2^-1074, the lowest word first.
  var integer: [UInt64] { words }

  @inline(__always)
  mutating func add(_ value: Int128, position: Int) {
    var span = words.mutableSpan
    WideInteger.add(value, shift: position, to: &span, in: 0..<Self.wordCount)
  }
}
