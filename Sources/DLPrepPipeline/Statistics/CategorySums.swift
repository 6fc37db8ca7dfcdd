/// Exact sums of a target and of its squares for each category and fold.
///
/// A cell holds integers on the target's own grid (`TargetExtent`): two words where 128 bits are
/// enough, as for classes, counts and most integers, and as many as it takes elsewhere. So the
/// rows outside of a fold are the total minus that fold without any loss, and parts of the rows
/// merge in any order. Categories out of `range` are summed in one cell; a table of more
/// categories than memory has room for is worked off range by range.
package struct CategorySums: Sendable {
  /// Values as they are added: at most 2^48 of them fit.
  private static let headroom = 49

  /// The codes that have cells of their own.
  package let range: Range<Int>
  /// How many folds there are, at least 1.
  package let folds: Int
  let extent: TargetExtent
  let sumWords: Int
  let squareWords: Int
  /// By category, then missing, then elsewhere; each by fold; each count, sum, squares.
  private(set) var cells: [UInt64]

  var width: Int { 1 + sumWords + squareWords }

  /// Makes empty cells for the codes in `range`; `extent` is that of the whole target.
  package init(range: Range<Int>, folds: Int, extent: TargetExtent) {
    self.range = range
    self.folds = max(1, folds)
    self.extent = extent
    (sumWords, squareWords) = Self.words(extent)
    let cellCount = (range.count + 2) * self.folds
    cells = Array(repeating: 0, count: cellCount * (1 + sumWords + squareWords))
  }

  /// How many bytes the cells of one category take.
  package static func bytesPerCategory(folds: Int, extent: TargetExtent) -> Int {
    let (sumWords, squareWords) = words(extent)
    return max(1, folds) * (1 + sumWords + squareWords) * 8
  }

  private static func words(_ extent: TargetExtent) -> (sum: Int, squares: Int) {
    (
      max(2, (extent.bits + headroom + 63) / 64),
      max(2, (2 * extent.bits + headroom + 63) / 64)
    )
  }

  /// Adds rows: a category's code or -1 for missing, a fold (none: all are 0), and the target.
  package mutating func observe(
    codes: Span<Int32>, folds: Span<UInt8>? = nil, target: Span<Double>
  ) {
    let base = extent.base
    observe(codes, folds, target) { value in
      let parts = DoubleParts(value)
      if parts.field == 2047 { return (0, 0) }
      // What a shift to the right drops is zero: no bit is below the grid.
      let shift = parts.position - base
      return (parts.signed &>> Int64(min(63, max(0, -shift))), max(0, shift))
    }
  }

  /// Adds rows of an integer target.
  package mutating func observe(
    codes: Span<Int32>, folds: Span<UInt8>? = nil, target: Span<Int64>
  ) {
    let shift = 1074 - extent.base
    observe(codes, folds, target) { ($0 &>> Int64(min(63, max(0, -shift))), max(0, shift)) }
  }

  /// Adds the sums of another part of the rows.
  package mutating func merge(_ other: CategorySums) {
    for start in stride(from: 0, to: cells.count, by: width) {
      combine(&cells, at: start, other.cells, at: start, WideInteger.add)
    }
  }

  @inline(__always)
  private mutating func observe<Value: BitwiseCopyable>(
    _ codes: Span<Int32>, _ folds: Span<UInt8>?, _ target: Span<Value>,
    scaled: (Value) -> (Int64, Int)
  ) {
    let width = width
    let isNarrow = sumWords == 2 && squareWords == 2
    let sumWords = sumWords
    let foldCount = self.folds
    let range = range
    var cells = cells.mutableSpan
    for row in 0..<codes.count {
      let code = Int(codes[row])
      let category =
        range.contains(code) ? code - range.lowerBound : range.count + (code < 0 ? 0 : 1)
      var fold = 0
      if let folds { fold = min(foldCount - 1, Int(folds[row])) }
      let (value, shift) = scaled(target[row])
      let cell = (category * foldCount + fold) * width
      cells[cell] &+= 1
      if isNarrow {
        let number = value &<< Int64(shift)
        Self.add(Int128(number), to: &cells, at: cell + 1)
        Self.add(Int128(truncatingIfNeeded: number.square), to: &cells, at: cell + 3)
      } else {
        let middle = cell + 1 + sumWords
        if sumWords == 2 {
          Self.add(Int128(value) &<< Int128(shift), to: &cells, at: cell + 1)
        } else {
          WideInteger.add(Int128(value), shift: shift, to: &cells, in: cell + 1..<middle)
        }
        WideInteger.add(value.square, shift: 2 * shift, to: &cells, in: middle..<cell + width)
      }
    }
  }

  @inline(__always)
  private static func add(_ value: Int128, to cells: inout MutableSpan<UInt64>, at place: Int) {
    let old = Int128(truncatingIfNeeded: UInt128(cells[place + 1]) << 64 | UInt128(cells[place]))
    let new = old &+ value
    cells[place] = UInt64(truncatingIfNeeded: new)
    cells[place + 1] = UInt64(truncatingIfNeeded: new >> 64)
  }

  /// Count, sum and squares each for themselves: no carry may run from one into the next.
  @inline(__always)
  func combine(
    _ cells: inout [UInt64], at place: Int, _ others: [UInt64], at other: Int,
    _ operation: (Span<UInt64>, inout MutableSpan<UInt64>, Range<Int>) -> Void
  ) {
    var span = cells.mutableSpan
    for part in [0..<1, 1..<1 + sumWords, 1 + sumWords..<width] {
      operation(
        others.span.extracting(other + part.lowerBound..<other + part.upperBound), &span,
        place + part.lowerBound..<place + part.upperBound)
    }
  }
}
