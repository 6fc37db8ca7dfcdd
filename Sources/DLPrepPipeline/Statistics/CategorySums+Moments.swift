extension CategorySums {
  /// The moments of every category, of missing and of all rows: of all folds, and outside of each.
  ///
  /// With a single fold nothing is outside of it, and `outside` is empty.
  package func parts() -> (whole: CategoryTargets.Part, outside: [CategoryTargets.Part]) {
    let categories = (0..<range.count).map { moments(sum(of: $0..<$0 + 1), $0..<$0 + 1) }
    let missing = range.count..<range.count + 1
    let absent = moments(sum(of: missing), missing)
    let prior = moments(sum(of: 0..<range.count + 2), 0..<range.count + 2)
    let parts = (0..<prior.count).map { part in
      CategoryTargets.Part(
        prior: prior[part], missing: absent[part], categories: categories.map { $0[part] })
    }
    return (whole: parts[0], outside: Array(parts[1...]))
  }

  private func moments(_ cell: [UInt64]) -> Moments {
    guard let count = Int(exactly: cell[0]), count > 0 else {
      return Moments(count: 0, mean: 0, variance: 0)
    }
    if extent.hasNonFinite { return Moments(count: count, mean: .nan, variance: .nan) }
    let sum = cell.span.extracting(1..<1 + sumWords)
    let squares = cell.span.extracting(1 + sumWords..<width)
    let unit = extent.base - 1074
    return Moments(
      count: count, mean: PowerSums.mean(count: count, sum: sum, unit: unit),
      variance: PowerSums.variance(
        count: count, divisor: count, sum: sum, squares: squares, unit: unit))
  }

  /// The whole's moments, then those outside of each fold.
  private func moments(_ whole: [UInt64], _ rows: Range<Int>) -> [Moments] {
    var result = [moments(whole)]
    for fold in 0..<folds where folds > 1 {
      var outside = whole
      for row in rows {
        let cell = (row * folds + fold) * width
        combine(&outside, at: 0, cells, at: cell, WideInteger.subtract)
      }
      result.append(moments(outside))
    }
    return result
  }

  private func sum(of rows: Range<Int>) -> [UInt64] {
    var total = [UInt64](repeating: 0, count: width)
    for cell in rows.lowerBound * folds..<rows.upperBound * folds {
      combine(&total, at: 0, cells, at: cell * width, WideInteger.add)
    }
    return total
  }
}

/// The moments of a target by category, from rows that can be read again and again.
///
/// The cells take at most about `memory` bytes; more categories than that are worked off in
/// further sweeps. `forEachChunk` gives codes (-1 is missing), folds and target of all rows.
package func targetsByCategory<Failure: Error>(
  categories: Int, folds: Int, extent: TargetExtent, memory: Int = 1 << 28,
  forEachChunk: ((Span<Int32>, Span<UInt8>?, Span<Double>) -> Void) throws(Failure) -> Void
) throws(Failure) -> (whole: CategoryTargets.Part, outside: [CategoryTargets.Part]) {
  let size = max(1, memory / CategorySums.bytesPerCategory(folds: folds, extent: extent))
  var result: (whole: CategoryTargets.Part, outside: [CategoryTargets.Part])?
  var start = 0
  repeat {
    let range = start..<min(categories, start + size)
    var sums = CategorySums(range: range, folds: folds, extent: extent)
    try forEachChunk { codes, folds, target in
      sums.observe(codes: codes, folds: folds, target: target)
    }
    let parts = sums.parts()
    if result == nil {
      result = parts
    } else {
      result?.whole.categories += parts.whole.categories
      for fold in parts.outside.indices {
        result?.outside[fold].categories += parts.outside[fold].categories
      }
    }
    start += range.count
  } while start < categories
  return result ?? CategorySums(range: 0..<0, folds: folds, extent: extent).parts()
}
