import DLPrepData

/// What came of one part of the rows.
struct Passed {
  /// Its number: the training parts, then the test parts.
  var part: Int
  /// The columns that came out.
  var columns: [CachedColumn]
  /// The rows taken out.
  var removed: Bitmap?
  /// What was found on the way.
  var run: RunContext
}

/// What came of all parts of the rows, whichever thread each went through.
struct PassedParts {
  private let train: ArraySlice<Passed>
  private let test: ArraySlice<Passed>

  /// Takes the parts in any order; fails where a row did.
  init(_ parts: [Passed], of rows: TrainingRows) throws(PrepError) {
    let parts = parts.sorted { $0.part < $1.part }
    train = parts[..<rows.train.count]
    test = parts[rows.train.count...]
    let failures = parts.compactMap(\.run.firstFailure)
    guard let first = failures.min(by: { $0.record < $1.record }) else { return }
    throw PrepError(
      first.code, first.message, hint: first.hint, record: first.record,
      column: first.column.isEmpty ? nil : first.column)
  }

  /// The column that stands at a position of every part.
  func column(_ position: Int, _ field: Field) -> TrainingColumn {
    TrainingColumn(
      field, train: train.map { $0.columns[position] }, test: test.map { $0.columns[position] })
  }

  /// The rows taken out.
  var removed: RemovedRows {
    RemovedRows(train: train.map(\.removed), test: test.map(\.removed))
  }

  /// Rows that checks refused.
  var rejects: [RunContext.Failure] { (train + test).flatMap(\.run.rejects) }

  /// What was counted, but for rows: one may be taken out for several columns, and the fit counts
  /// rows, not findings.
  var counts: LedgerCounts {
    var counts = LedgerCounts()
    for passed in train + test { counts.add(passed.run) }
    counts.dropped = [:]
    counts.rejected = 0
    return counts
  }
}
