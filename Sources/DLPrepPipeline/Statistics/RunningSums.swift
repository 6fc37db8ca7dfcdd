/// Exact sums of a target by category, from which rows can be taken out again.
///
/// A cell holds a count and an integer on the target's own grid (`TargetExtent`), so that nothing is
/// lost whatever is added and taken out in which order.
package struct RunningSums {
  /// Values as they are added: at most 2^48 of them fit.
  private static let headroom = 49

  private let extent: TargetExtent
  private let width: Int
  private var cells: [UInt64]

  /// Empty sums for so many categories; `extent` is that of the whole target.
  package init(categories: Int, extent: TargetExtent) {
    self.extent = extent
    width = 1 + max(2, (extent.bits + Self.headroom + 63) / 64)
    cells = Array(repeating: 0, count: categories * width)
  }

  /// Adds a row to a category.
  package mutating func add(_ value: Double, to category: Int) { change(category, by: value, 1) }

  /// Takes a row out of a category that it was added to.
  package mutating func remove(_ value: Double, from category: Int) {
    change(category, by: value, -1)
  }

  /// How many rows a category has, and the mean of their targets.
  package func mean(of category: Int) -> (count: Int, mean: Double) {
    let at = category * width
    let count = Int(cells[at])
    if count == 0 { return (0, 0) }
    if extent.hasNonFinite { return (count, .nan) }
    let sum = cells.span.extracting(at + 1..<at + width)
    return (count, PowerSums.mean(count: count, sum: sum, unit: extent.base - 1074))
  }

  private mutating func change(_ category: Int, by value: Double, _ times: Int64) {
    let width = width
    let at = category * width
    cells[at] &+= UInt64(bitPattern: times)
    let parts = DoubleParts(value)
    if parts.field == 2047 { return }
    let shift = parts.position - extent.base
    // What a shift to the right drops is zero: no bit is below the grid.
    let number = (parts.signed &* times) &>> Int64(min(63, max(0, -shift)))
    var span = cells.mutableSpan
    WideInteger.add(Int128(number), shift: max(0, shift), to: &span, in: at + 1..<at + width)
  }
}
