import DLPrepData

/// The training data as they stand between two steps: columns, rows, and what travels with them.
struct TrainingTable {
  let cache: ColumnCache
  /// The columns, in table order.
  var columns: [TrainingColumn]
  /// Which records the rows are.
  var rows: TrainingRows
  /// Copies as read: fold keys and passed-through columns, by name.
  var copies: [String: TrainingColumn]

  /// Takes rows out of everything.
  mutating func remove(_ removed: RemovedRows) throws(PrepError) {
    for (part, bitmap) in removed.train.enumerated() {
      guard let bitmap, bitmap.any else { continue }
      let kept = (0..<rows.train[part].count).filter { !bitmap[$0] }
      rows.train[part] = rows.train[part].gathered(kept)
      for column in allColumns { try keep(kept, &column.train[part]) }
    }
    for (part, bitmap) in removed.test.enumerated() {
      guard let bitmap, bitmap.any else { continue }
      let kept = (0..<rows.test[part].count).filter { !bitmap[$0] }
      rows.test[part] = rows.test[part].gathered(kept)
      for column in allColumns { try keep(kept, &column.test[part]) }
    }
  }

  /// The number of the training or test record that a removed row is, for every removed row.
  func records(_ removed: RemovedRows) -> [Int] {
    var records: [Int] = []
    for (part, bitmap) in removed.train.enumerated() {
      bitmap?.forEachMissing { records.append(rows.train[part][$0]) }
    }
    for (part, bitmap) in removed.test.enumerated() {
      bitmap?.forEachMissing { records.append(rows.test[part][$0]) }
    }
    return records
  }

  /// An error where two columns have names that no one can tell apart.
  func checkNames(_ steps: [Step]) throws(PrepError) {
    var seen: Set<String> = []
    for column in columns where !seen.insert(column.field.name).inserted {
      let same = columns.filter { $0.field.name == column.field.name }
      let address = same.compactMap(\.field.steps.last).last
      throw PrepError(
        .collision, "expected new names, found a second column '\(column.field.name)'",
        at: steps.first { $0.address == address }?.place, hint: "give a template with name:",
        step: address)
    }
  }

  /// The columns, then all that travels with them.
  var allColumns: [TrainingColumn] { columns + copies.values }

  private func keep(_ kept: [Int], _ part: inout CachedColumn) throws(PrepError) {
    let column = try cache.view(part)
    cache.remove(part)
    part = try cache.put(column.gathered(kept))
  }
}
