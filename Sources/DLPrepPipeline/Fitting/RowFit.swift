import DLPrepData

/// One step that chooses, repeats or makes up training rows.
struct RowFit {
  let step: Step
  let chosen: [Int]
  let seed: UInt64
  let spare: SpareThreads

  /// How many rows came and went.
  struct Result {
    var added = 0
    var dropped = 0
  }

  func run(
    _ table: inout TrainingTable, _ supervision: Supervision?
  ) throws(PrepError) -> Result {
    guard let stage = step.stage as? any RowStage else {
      throw PrepError(.internal, "expected a row stage", step: step.address)
    }
    do throws(PrepError) {
      return try fit(stage, &table, supervision)
    } catch {
      throw error.located(at: step)
    }
  }

  private func fit<S: RowStage>(
    _ stage: S, _ table: inout TrainingTable, _ supervision: Supervision?
  ) throws(PrepError) -> Result {
    let fields = chosen.map { table.columns[$0].field }
    for field in fields where !stage.accepts(field) {
      throw stage.refusal(of: field, accepts: stage.accepts)
    }
    try stage.requireTarget(supervision)
    let count = table.rows.trainCount
    let view = TrainingView(table, chosen, supervision, seed: seed, threads: spare)
    let arrangement = try stage.arrangement(of: view)
    let made = arrangement.madeUp
    guard arrangement.rows.allSatisfy({ $0 >= 0 && $0 < count }),
      made.isEmpty || made.count == chosen.count,
      made.allSatisfy({ $0.count == made[0].count && $0.count <= arrangement.rows.count })
    else { throw PrepError(.internal, "expected rows among \(count)") }
    var seen = Bitmap(count: count)
    for row in arrangement.rows { seen[row] = true }
    let result = Result(
      added: arrangement.rows.count - seen.total, dropped: count - seen.total)
    if made.isEmpty, zip(arrangement.rows, arrangement.rows.dropFirst()).allSatisfy({ $0 < $1 }) {
      if result.dropped > 0 { try remove(seen, &table) }
    } else {
      try table.arrange(
        arrangement.rows, madeUp: Array(zip(chosen, made)).map { (column: $0, values: $1) })
    }
    return result
  }

  /// Takes out the rows that weren't kept; all others stay where they are.
  private func remove(_ kept: Bitmap, _ table: inout TrainingTable) throws(PrepError) {
    var removed = RemovedRows()
    var first = 0
    for rows in table.rows.train {
      var bitmap = Bitmap(count: rows.count)
      for row in 0..<rows.count where !kept[first + row] { bitmap[row] = true }
      removed.train.append(bitmap)
      first += rows.count
    }
    removed.test = table.rows.test.map { _ in nil }
    try table.remove(removed)
  }
}

extension Stage {
  /// An error where the stage needs a target and there is none.
  func requireTarget(_ supervision: Supervision?) throws(PrepError) {
    guard isSupervised, supervision == nil else { return }
    throw PrepError(
      .column, "'\(Self.name)' needs a column with role target",
      hint: "declare it: schema: {columns: {NAME: {role: target}}}")
  }
}
