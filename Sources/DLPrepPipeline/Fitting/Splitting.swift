import DLPrepData

/// Parts the rows that were read into training and test rows.
struct Splitting {
  let pipeline: Pipeline
  let cache: ColumnCache

  /// For each part of rows: which are test rows.
  struct Decision {
    var tests: [[Bool]]
    /// Where the test rows begin, for a split by time.
    var cutoff: Int64?
  }

  /// Decides by the key's column (as read), or by the time column.
  func decide(
    _ rows: [Rows], key: [CachedColumn]?, time: [CachedColumn]?
  ) throws(PrepError)
    -> Decision
  {
    guard let split = pipeline.split else {
      return Decision(tests: rows.map { Array(repeating: false, count: $0.count) })
    }
    let cutoff = split.method == .time ? try self.cutoff(time, split) : nil
    let parts = split.method == .time ? time : key
    let slot = parts == nil ? nil : 0
    let rule = RowSplit(pipeline, keySlot: slot, timeSlot: slot, cutoff: cutoff)
    var tests: [[Bool]] = []
    for (number, rows) in rows.enumerated() {
      let block = Block(slots: 1)
      block.rows = rows
      if let parts { block.columns[0] = try cache.view(parts[number]) }
      tests.append(rule?.tests(block) ?? [])
    }
    return Decision(tests: tests, cutoff: cutoff)
  }

  /// The time of the first test row: the last `test` share of the rows that have a time.
  private func cutoff(_ time: [CachedColumn]?, _ split: Split) throws(PrepError) -> Int64? {
    guard let time else {
      throw PrepError(
        .column, "expected a column with role time, found none", at: split.place,
        hint: "declare it under schema.columns, or split by hash")
    }
    var keys: [Int64] = []
    for part in time {
      let column = try cache.view(part)
      guard column.storage == .integers || column.storage == .floats else {
        throw PrepError(
          .column, "expected dates, timestamps or numbers in the column with role time",
          at: split.place)
      }
      for row in 0..<column.count where !column.missing[row] { keys.append(column.timeKey(row)) }
    }
    keys.sort()
    let tests = Int((Double(keys.count) * split.test).rounded())
    return tests == 0 ? nil : keys[keys.count - tests]
  }

  /// The training rows and the test rows of the parts of one column.
  func divide(
    _ parts: [CachedColumn], _ tests: [[Bool]]
  ) throws(PrepError) -> (
    train: [CachedColumn], test: [CachedColumn]
  ) {
    var train: [CachedColumn] = []
    var test: [CachedColumn] = []
    for (number, part) in parts.enumerated() {
      guard tests[number].contains(true) else {
        train.append(part)
        test.append(try cache.put(part.emptied()))
        continue
      }
      let column = try cache.view(part)
      let positions = tests[number].indices
      train.append(try cache.put(column.gathered(positions.filter { !tests[number][$0] })))
      test.append(try cache.put(column.gathered(positions.filter { tests[number][$0] })))
      cache.remove(part)
    }
    return (train, test)
  }
}
