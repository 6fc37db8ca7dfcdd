import DLPrepData

/// One step across columns or rows: gather from the training rows, learn, then work on all rows.
struct BlockFit {
  let table: TrainingTable
  let step: Step
  let number: Int
  let chosen: [Int]

  /// What came of the step.
  struct Result {
    var entry: any FittedBlock
    var made: [TrainingColumn]
    var removed: RemovedRows
    var counts: LedgerCounts
    var rejects: [RunContext.Failure]
  }

  func run() throws(PrepError) -> Result {
    guard let stage = step.stage as? any BlockStage else {
      throw PrepError(.internal, "expected a block stage", step: step.address)
    }
    do throws(PrepError) {
      return try fit(stage)
    } catch {
      throw error.located(at: step)
    }
  }

  private var fields: [Field] { chosen.map { table.columns[$0].field } }

  private func fit<S: BlockStage>(_ stage: S) throws(PrepError) -> Result {
    for field in fields where !stage.accepts(field) {
      throw stage.refusal(of: field, accepts: stage.accepts)
    }
    let slots = Array(chosen.indices)
    var summary = stage.summary(of: fields)
    if S.Summary.self != NoSummary.self {
      repeat {
        for (part, rows) in table.rows.train.enumerated() {
          let block = try self.block(rows, slots.count) { $0.train[part] }
          summary.observe(block, slots: slots)
          try settle { $0.train[part] }
        }
      } while summary.needsAnotherSweep()
    }
    let fitted = try stage.fitted(to: summary, fields)
    let made = try stage.made(from: fields, fitted)
    let madeSlots = Array(chosen.count..<(chosen.count + made.count))
    let kernel = fitted.kernel(slots, made: madeSlots)

    let run = RunContext(.training)
    run.step = number
    var removed = RemovedRows()
    var train: [[CachedColumn]] = []
    var test: [[CachedColumn]] = []
    for (part, rows) in table.rows.train.enumerated() {
      let block = try self.block(rows, slots.count + made.count) { $0.train[part] }
      kernel(block, run)
      removed.train.append(block.removed)
      train.append(try finish(block, madeSlots) { $0.train[part] })
    }
    run.mode = .serving
    for (part, rows) in table.rows.test.enumerated() {
      let block = try self.block(rows, slots.count + made.count) { $0.test[part] }
      if stage.when == .always { kernel(block, run) }
      removed.test.append(block.removed)
      test.append(try finish(block, madeSlots) { $0.test[part] })
    }
    if let failure = run.firstFailure {
      throw PrepError(failure.code, failure.message, hint: failure.hint, record: failure.record)
    }
    var counts = LedgerCounts()
    counts.add(run)
    counts.dropped = [:]
    counts.rejected = 0
    let columns = made.indices.map { i in
      var field = made[i]
      field.steps.append(step.address)
      let column = TrainingColumn(field, train: train.map { $0[i] }, test: test.map { $0[i] })
      column.madeBy = [step.address]
      return column
    }
    return Result(
      entry: LearnedBlock(stage: stage, fitted: fitted), made: columns, removed: removed,
      counts: counts, rejects: run.rejects)
  }

  private func block(
    _ rows: Rows, _ width: Int, _ part: (TrainingColumn) -> CachedColumn
  )
    throws(PrepError) -> Block
  {
    let block = Block(slots: width)
    block.rows = rows
    for (slot, index) in chosen.enumerated() {
      block.columns[slot] = try table.cache.fetch(part(table.columns[index]))
    }
    return block
  }

  private func finish(
    _ block: Block, _ made: [Int], _ part: (TrainingColumn) -> CachedColumn
  )
    throws(PrepError) -> [CachedColumn]
  {
    for (slot, index) in chosen.enumerated() {
      part(table.columns[index]).replace(by: block.columns[slot])
    }
    try settle(part)
    var columns: [CachedColumn] = []
    for slot in made { columns.append(try table.cache.put(block.columns[slot])) }
    return columns
  }

  private func settle(_ part: (TrainingColumn) -> CachedColumn) throws(PrepError) {
    for index in chosen { try table.cache.settle(part(table.columns[index])) }
  }
}
