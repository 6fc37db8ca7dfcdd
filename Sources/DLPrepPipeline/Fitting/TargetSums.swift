import DLPrepData

/// Moments of the target by category and fold, for one column.
struct TargetSums {
  private let supervision: Supervision
  private let column: TrainingColumn
  private let cache: ColumnCache

  init(_ supervision: Supervision, _ column: TrainingColumn, _ cache: ColumnCache) {
    self.supervision = supervision
    self.column = column
    self.cache = cache
  }

  /// The moments; of a class target, of the indicator of its class `label`.
  func moments(_ folding: Folds, label: Int?) throws(PrepError) -> CategoryTargets {
    var tally = CategoryTally()
    for part in column.train {
      tally.add(try cache.fetch(part))
      try cache.settle(part)
    }
    let values = tally.counts().values
    let positions = ValuePositions(values)
    var codes: [[Int32]] = []
    var targets: [[Double]] = []
    var extent = TargetExtent()
    for (number, part) in column.train.enumerated() {
      codes.append(positions.of(try cache.fetch(part)))
      try cache.settle(part)
      let target = supervision.values[number]
      targets.append(
        label.map { label in target.map { $0 == Double(label) ? 1 : 0 } } ?? target)
      let numbers = targets[number]
      extent.observe(numbers.span)
    }
    let folds = try supervision.parts(of: folding)
    let parts = try targetsByCategory(
      categories: values.count, folds: try supervision.count(of: folding), extent: extent
    ) { body throws(PrepError) in
      for number in codes.indices {
        let (rows, fold, target) = (codes[number], folds[number], targets[number])
        body(rows.span, fold.span, target.span)
      }
    }
    return CategoryTargets(values: values, whole: parts.whole, outside: parts.outside)
  }
}
