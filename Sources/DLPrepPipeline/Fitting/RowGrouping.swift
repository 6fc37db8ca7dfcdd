import DLPrepData

/// The key columns of a step with `by`, and the group of each training row.
///
/// They are kept in memory while the step is fitted, so that all columns can look at them at once.
final class RowGrouping: @unchecked Sendable {
  /// The key columns of each part's training rows.
  private(set) var train: [[Column]] = []
  /// The key columns of each part's test rows.
  private(set) var test: [[Column]] = []
  /// The groups of the training rows, sorted.
  let keys: GroupKeys
  /// The positions of each group's rows, over all training rows.
  let rows: [[Int]]

  init(_ table: TrainingTable, _ positions: [Int]) throws(PrepError) {
    func parts(
      _ count: Int, _ part: (TrainingColumn, Int) -> CachedColumn
    ) throws(PrepError) -> [[Column]] {
      var all: [[Column]] = []
      for number in 0..<count {
        var columns: [Column] = []
        for position in positions {
          let cached = part(table.columns[position], number)
          columns.append(try table.cache.view(cached))
        }
        all.append(columns)
      }
      return all
    }
    train = try parts(table.rows.train.count) { $0.train[$1] }
    test = try parts(table.rows.test.count) { $0.test[$1] }

    let index = GroupIndex(width: positions.count, grows: true)
    var found: [[Int]] = []
    var first = 0
    for (columns, rows) in zip(train, table.rows.train) {
      for (row, group) in index.groups(of: columns, count: rows.count).enumerated() {
        if group >= found.count {
          found.append(contentsOf: repeatElement([], count: group + 1 - found.count))
        }
        found[group].append(first + row)
      }
      first += rows.count
    }
    let tuples = index.tuples()
    let sorted = tuples.indices.sorted { GroupKeys.precedes(tuples[$0], tuples[$1]) }
    keys = GroupKeys(sorted.map { tuples[$0] })
    rows = sorted.map { found[$0] }
  }
}
