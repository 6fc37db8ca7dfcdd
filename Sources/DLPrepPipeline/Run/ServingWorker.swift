package import DLPrepData

/// What one worker needs to apply a fitted pipeline: a block of its own, and the steps opened on it.
package final class ServingWorker {
  /// The block that is worked on.
  package let block: Block
  /// Where kernels report.
  package let run = RunContext(.serving)
  /// What was counted of rows.
  package private(set) var counts = LedgerCounts()
  private let plan: ServingPlan
  private let source: any TableSource
  private let steps: OpenPlan
  private let split: RowSplit?
  private let part: RunOptions.Part
  private var evidence: [Int: TypeEvidence] = [:]

  /// Opens the plan for one worker.
  package init(
    _ plan: ServingPlan, _ source: any TableSource, part: RunOptions.Part = .all
  ) throws(PrepError) {
    self.plan = plan
    self.source = source
    self.part = part
    block = Block(slots: plan.read.slots)
    steps = try plan.open()
    split = RowSplit(plan.fitted, keySlot: plan.keySlot, timeSlot: plan.timeSlot)
  }

  /// Parses records into the block and takes it through the steps; removed rows are gone.
  package func transform(_ records: any RecordBlock) throws(PrepError) {
    block.removed = nil
    try records.parse(plan.read, into: block, evidence: &evidence)
    block.dropRemoved()
    run.startBlock()
    if let split, let partSlot = plan.output.partSlot {
      counts.add(split.mark(block, partSlot: partSlot))
      counts.leftOut += block.keep(part, partSlot: partSlot)
    }
    steps.run(block, run)
    if let failure = run.firstFailure { throw error(for: failure, records) }
    block.dropRemoved()
  }

  /// All that was counted, also by kernels.
  func finalCounts() -> LedgerCounts {
    var all = counts
    all.add(run)
    return all
  }

  private func error(for failure: RunContext.Failure, _ records: any RecordBlock) -> PrepError {
    let column = source.columns.firstIndex(of: failure.column)
    return PrepError(
      failure.code, failure.message, at: records.place(ofRecord: failure.record, column: column),
      hint: failure.hint, step: plan.fitted.steps[failure.step].address, record: failure.record)
  }
}
