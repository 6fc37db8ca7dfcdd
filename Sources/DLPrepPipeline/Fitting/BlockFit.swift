import DLPrepData

/// One step across columns or rows: gather from the training rows, learn, then work on all rows.
struct BlockFit {
  let table: TrainingTable
  let step: Step
  let number: Int
  let chosen: [Int]
  let supervision: Supervision?
  let spare: SpareThreads

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
    let passage = BlockPassage(
      table: table, chosen: chosen, fates: fates, slots: slots, width: layout.slots,
      keepsOriginal: stage.common.keepOriginal)
    let parts = try PassedParts(
      try pass(passage, testsToo: stage.when == .always) {
        fitted.kernel(slots.chosen, made: slots.made)
      }, of: table.rows)
    let changed = zip(fields, fates).map {
      changedField($0, $1, by: stage, at: step.address)
    }
    return Result(
      entry: entry, columns: passage.columns(parts, changed, step.address),
      made: passage.made(parts, made, step.address), removed: parts.removed,
      counts: parts.counts, rejects: parts.rejects)
  }

  /// Takes all parts through kernels, one for each thread; what came of them in no order.
  private func pass(
    _ passage: BlockPassage, testsToo: Bool, _ open: @escaping @Sendable () -> Kernel
  ) throws(PrepError) -> [Passed] {
    let (train, test) = (table.rows.train, table.rows.test)
    let step = number
    let workers = try spare.share(train.count + test.count) {
      (kernel: open(), passed: [Passed]())
    } _: { worker, part throws(PrepError) in
      let isTraining = part < train.count
      let run = RunContext(isTraining ? .training : .serving)
      run.step = step
      let kernel = worker.kernel
      let (made, removed) =
        isTraining
        ? try passage.pass(train[part], \.train, part) { kernel($0, run) }
        : try passage.pass(test[part - train.count], \.test, part - train.count) {
          if testsToo { kernel($0, run) }
        }
      worker.passed.append(Passed(part: part, columns: made, removed: removed, run: run))
    }
    return workers.flatMap(\.passed)
  }

  private func summary<S: BlockStage>(of stage: S) throws(PrepError) -> S.Summary {
    var summary = stage.summary(of: fields, target: supervision?.target)
    if S.Summary.self == NoSummary.self { return summary }
    let slots = Array(chosen.indices)
    // The memory that parts are unpacked into, one after the other.
    let scratch = chosen.map { _ in Column() }
    repeat {
      for (part, rows) in table.rows.train.enumerated() {
        let block = Block(slots: 0)
        block.rows = rows
        block.columns = try columns(of: part, scratch)
        summary.observe(
          block, slots: slots, target: supervision?.values[part] ?? [], threads: spare)
      }
    } while summary.needsAnotherSweep(threads: spare)
    return summary
  }

  /// The chosen columns of a part of the training rows, only to be looked at.
  private func columns(of part: Int, _ scratch: [Column]) throws(PrepError) -> [Column] {
    let (table, chosen) = (table, chosen)
    return try spare.results(chosen.count) { slot throws(PrepError) in
      try table.cache.view(table.columns[chosen[slot]].train[part], scratch[slot])
    }
  }
}
