package import DLPrepData

/// What one worker needs to apply a fitted pipeline: a block of its own, and the steps opened on it.
package final class ServingWorker {
  /// The block that is worked on.
  package let block: Block
  /// Where kernels report.
  package let run: RunContext
  /// What was counted of rows.
  package private(set) var counts = LedgerCounts()
  private let plan: ServingPlan
  private let source: any TableSource
  private let steps: OpenPlan
  private let split: RowSplit?
  private let part: RunOptions.Part
  private var evidence: [Int: TypeEvidence] = [:]
  /// The slots of the columns that have a dictionary, and how many bytes each may take.
  private let dictionaries: (slots: [Int], limit: Int)

  /// Opens the plan for one worker.
  package init(
    _ plan: ServingPlan, _ source: any TableSource, part: RunOptions.Part = .all
  ) throws(PrepError) {
    self.plan = plan
    self.source = source
    self.part = part
    run = RunContext(plan.fitted.isTraining ? .training : .serving)
    block = Block(slots: plan.read.slots)
    steps = try plan.open()
    dictionaries = (
      plan.read.columns.filter { $0.type == .category }.map(\.slot),
      max(1 << 20, (1 << 25) / max(1, plan.read.columns.count))
    )
    split = RowSplit(plan.fitted, keySlot: plan.keySlot, timeSlot: plan.timeSlot)
  }

  /// Parses records into the block and takes it through the steps; removed rows are gone.
  ///
  /// Of all that is wrong with the records, the first one's error is thrown, whatever the size of
  /// the block.
  package func transform(
    _ records: any RecordBlock, _ watch: StopWatch? = nil
  ) throws(PrepError) {
    block.removed = nil
    limitDictionaries()
    do throws(PrepError) {
      try records.parse(plan.read, into: block, evidence: &evidence)
    } catch {
      // A row before the one that can't be read may fail in a step.
      if let record = error.record {
        block.keep((0..<block.count).filter { block.rows[$0] < record })
        run.startBlock()
        steps.run(block, run)
        if let failure = run.firstFailure { throw self.error(for: failure, records) }
      }
      throw error
    }
    for pair in plan.verified where block.columns[pair.typed].missing.any {
      block.columns[pair.text].missing =
        block.columns[pair.text].missing.union(block.columns[pair.typed].missing)
    }
    block.dropRemoved()
    watch?.lap(.parse, rows: block.count)
    run.startBlock()
    if let split, let partSlot = plan.output.partSlot {
      counts.add(split.mark(block, partSlot: partSlot))
      counts.leftOut += block.keep(part, partSlot: partSlot)
    }
    steps.run(block, run, watch)
    if let failure = run.firstFailure { throw error(for: failure, records) }
    block.dropRemoved()
  }

  /// Starts dictionaries over that have grown too large, so that memory is bounded however many
  /// distinct values there are.
  private func limitDictionaries() {
    for slot in dictionaries.slots where block.dictionaries[slot].byteCount > dictionaries.limit {
      block.dictionaries[slot] = Levels()
    }
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
