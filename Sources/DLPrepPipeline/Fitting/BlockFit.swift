import DLPrepData

/// One step across columns or rows: gather from the training rows, learn, then work on all rows.
struct BlockFit {
  let table: TrainingTable
  let step: Step
  let number: Int
  let chosen: [Int]
  let supervision: Supervision?

  /// What came of the step.
  struct Result {
    var entry: any FittedBlock
    /// For each chosen column: what stands in its place.
    var columns: [[TrainingColumn]]
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
    try stage.requireTarget(supervision)
    let summary = try self.summary(of: stage)
    let fitted = try stage.fitted(to: summary, fields)
    let entry = LearnedBlock(stage: stage, fitted: fitted)
    var layout = Layout()
    for field in fields { layout.append(field) }
    let fates = stage.fates(of: fields, fitted)
    let made = try stage.made(from: fields, fitted).map { $0.made(at: step.address) }
    let slots = layout.reshape(
      Array(chosen.indices), fates, made: made, by: stage, at: step.address)
    let kernel = fitted.kernel(slots.chosen, made: slots.made)

    let run = RunContext(.training)
    run.step = number
    var passage = BlockPassage(table: table, chosen: chosen, fates, slots, width: layout.slots)
    passage.keepsOriginal = stage.common.keepOriginal
    var removed = RemovedRows()
    for (part, rows) in table.rows.train.enumerated() {
      let block = try passage.pass(rows, \.train, part) { kernel($0, run) }
      removed.train.append(block.removed)
    }
    run.mode = .serving
    for (part, rows) in table.rows.test.enumerated() {
      let acts = stage.when == .always
      let block = try passage.pass(rows, \.test, part) { if acts { kernel($0, run) } }
      removed.test.append(block.removed)
    }
    if let failure = run.firstFailure {
      throw PrepError(failure.code, failure.message, hint: failure.hint, record: failure.record)
    }
    var counts = LedgerCounts()
    counts.add(run)
    counts.dropped = [:]
    counts.rejected = 0
    let changed = zip(fields, fates).map {
      changedField($0, $1, by: stage, at: step.address)
    }
    return Result(
      entry: entry, columns: passage.columns(changed, step.address),
      made: passage.made(made, step.address), removed: removed, counts: counts,
      rejects: run.rejects)
  }

  private func summary<S: BlockStage>(of stage: S) throws(PrepError) -> S.Summary {
    var summary = stage.summary(of: fields, target: supervision?.target)
    if S.Summary.self == NoSummary.self { return summary }
    let slots = Array(chosen.indices)
    repeat {
      for (part, rows) in table.rows.train.enumerated() {
        let block = Block(slots: chosen.count)
        block.rows = rows
        for (slot, index) in chosen.enumerated() {
          block.columns[slot] = try table.cache.view(table.columns[index].train[part])
        }
        summary.observe(block, slots: slots, target: supervision?.values[part] ?? [])
      }
    } while summary.needsAnotherSweep()
    return summary
  }
}
