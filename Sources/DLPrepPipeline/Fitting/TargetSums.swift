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
    let rows = try CategoryRows(column, supervision, label: label, cache)
    let (values, codes, targets) = (rows.values, rows.codes, rows.targets)
    let folds = try supervision.parts(of: folding)
    let parts = try targetsByCategory(
      categories: values.count, folds: try supervision.count(of: folding), extent: rows.extent
    ) { body throws(PrepError) in
      for number in codes.indices {
        let (rows, fold, target) = (codes[number], folds[number], targets[number])
        body(rows.span, fold.span, target.span)
      }
    }
    return CategoryTargets(values: values, whole: parts.whole, outside: parts.outside)
  }
}
