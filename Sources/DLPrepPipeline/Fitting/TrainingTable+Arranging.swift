import DLPrepData

extension TrainingTable {
  /// How many rows a part has that was arranged anew.
  private static let partRows = 1 << 15

  /// All training rows of a column, one after the other.
  func joined(_ column: TrainingColumn) throws(PrepError) -> Column {
    var parts: [Column] = []
    for part in column.train {
      parts.append(try cache.view(part))
    }
    return Column.joined(parts)
  }

  /// Takes the training rows at the given positions, in that order, with other values for the last
  /// of them in some columns; the test rows follow in parts of their own.
  mutating func arrange(
    _ positions: [Int], madeUp: [(column: Int, values: Column)]
  ) throws(PrepError) {
    let records = rows.train.flatMap { rows in (0..<rows.count).map { rows[$0] } }
    let cuts = stride(from: 0, to: positions.count, by: Self.partRows).map {
      Array(positions[$0..<min($0 + Self.partRows, positions.count)])
    }
    for (number, column) in allColumns.enumerated() {
      let other = madeUp.first { $0.column == number }?.values
      try arrange(column, cuts, other)
    }
    let tests = rows.test.filter { $0.count > 0 }
    rows.train = cuts.map { Rows(numbers: $0.map { records[$0] }) }
    rows.test = cuts.map { _ in Rows() } + tests
    rows.train += tests.map { _ in Rows() }
  }

  private func arrange(
    _ column: TrainingColumn, _ cuts: [[Int]], _ other: Column?
  ) throws(PrepError) {
    var whole = try joined(column)
    for part in column.train { cache.remove(part) }
    var train: [CachedColumn] = []
    let kept = cuts.reduce(0) { $0 + $1.count } - (other?.count ?? 0)
    // Made-up values stand behind the old ones.
    let old = whole.count
    if let other { whole = Column.joined([whole, other]) }
    var at = 0
    for cut in cuts {
      let sources = cut.enumerated().map { i, position in
        other != nil && at + i >= kept ? old + at + i - kept : position
      }
      at += cut.count
      train.append(try cache.put(whole.gathered(sources)))
    }
    let empty = whole.gathered([])
    var test: [CachedColumn] = []
    for _ in cuts { test.append(try cache.put(empty.copied())) }
    for (part, rows) in zip(column.test, rows.test) {
      if rows.count > 0 { test.append(part) } else { cache.remove(part) }
    }
    for _ in train.count..<test.count { train.append(try cache.put(empty.copied())) }
    column.train = train
    column.test = test
  }
}
