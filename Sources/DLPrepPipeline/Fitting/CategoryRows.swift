import DLPrepData

/// Which category each training row of a column has, and what its target is, part by part.
struct CategoryRows {
  /// The categories, sorted by bytes.
  let values: ByteStrings
  /// The position of each row's category; -1 where it is missing.
  private(set) var codes: [[Int32]] = []
  /// The target of each row; of a class target, the indicator of its class `label`.
  let targets: [[Double]]
  /// The magnitudes of the targets.
  private(set) var extent = TargetExtent()

  init(
    _ column: TrainingColumn, _ supervision: Supervision, label: Int?, _ cache: ColumnCache
  ) throws(PrepError) {
    var tally = CategoryTally()
    for part in column.train {
      tally.add(try cache.view(part))
    }
    values = tally.counts().values
    let positions = ValuePositions(values)
    for part in column.train {
      codes.append(positions.of(try cache.view(part)))
    }
    targets = supervision.values.map { target in
      label.map { label in target.map { $0 == Double(label) ? 1 : 0 } } ?? target
    }
    for target in targets { extent.observe(target.span) }
  }
}
