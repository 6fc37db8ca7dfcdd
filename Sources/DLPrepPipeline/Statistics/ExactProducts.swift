/// The exact sum of products of two doubles each: any order and any merging give the same bits.
///
/// A product is a whole number of 106 bits, in units of 2^-2148; the sum is rounded when asked.
package struct ExactProducts: Sendable, Equatable {
  private static let wordCount = 67

  private var words = [UInt64](repeating: 0, count: wordCount)
  private var hasNonFinite = false

  /// A sum of nothing, which is zero.
  package init() {}

  /// Adds a product.
  package mutating func add(_ a: Double, _ b: Double) {
    let (a, b) = (DoubleParts(a), DoubleParts(b))
    if a.field == 2047 || b.field == 2047 { hasNonFinite = true }
    var span = words.mutableSpan
    WideInteger.add(
      Int128(a.signed) * Int128(b.signed), shift: a.position + b.position, to: &span,
      in: 0..<Self.wordCount)
  }

  /// Adds the products of another part of the rows.
  package mutating func merge(_ other: ExactProducts) {
    var span = words.mutableSpan
    WideInteger.add(other.words.span, to: &span, in: 0..<Self.wordCount)
    hasNonFinite = hasNonFinite || other.hasNonFinite
  }

  /// The double nearest to the sum; NaN after infinities or NaN.
  package var rounded: Double {
    hasNonFinite ? .nan : PowerSums.mean(count: 1, sum: words.span, unit: -2148)
  }
}
