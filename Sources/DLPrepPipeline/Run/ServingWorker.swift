package import DLPrepData

/// What one worker needs to apply a fitted pipeline: a block of its own, and the steps opened on it.
///
/// Records go in with `take` and come out with `next`: at once, or where a step looks ahead, when
/// no row of theirs waits for a later one; then there are as many blocks as are held back.
package final class ServingWorker {
  /// The block that is worked on; the first of them, where blocks are held back.
  package let block: Block
  /// Where kernels report.
  package let run: RunContext
  /// What was counted of rows.
  package private(set) var counts = LedgerCounts()
  private let plan: ServingPlan
  private let source: any TableSource
  private let steps: OpenPlan
  /// By operation: what is held back there.
  private var waiting: [Int: Queue<ServedBlock>] = [:]
  private var done = Queue<ServedBlock>()
  private var free: [ServedBlock] = []
  private var blockCount = 0
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

  /// An error where a step looks ahead: then rows can't be served one by one.
  func requireNoLookAhead() throws(PrepError) {
    guard let gate = steps.gates.first else { return }
    throw PrepError(
      .usage, "expected steps that need no later rows, as single rows have none",
      hint: "apply the pipeline to a table",
      step: plan.fitted.steps[steps.operations[gate].step].address)
  }

  /// Parses records into `block` and takes them through the steps, where none looks ahead.
  package func transform(_ records: any RecordBlock) throws(PrepError) {
    try take(ServedBlock(records, block))
    _ = done.popFirst()
  }

  /// Reads the source to its end and hands over every block that comes out, in order.
  func forEachBlock(_ body: (Block) -> Void) throws(PrepError) {
    func handOver() {
      while let served = next() {
        body(served.block)
        recycle(served)
      }
    }
    while true {
      let served = vacant()
      guard try source.read(into: served.records) else { break }
      try take(served)
      handOver()
    }
    try end()
    handOver()
  }

  /// Records to read into, with a block that no one needs any more.
  package func vacant() -> ServedBlock { free.popLast() ?? vacant(for: source.makeRecords()) }

  /// The first records that are read, or more, with a block of their own.
  package func vacant(for records: any RecordBlock) -> ServedBlock {
    defer { blockCount += 1 }
    return ServedBlock(records, blockCount == 0 ? block : Block(slots: plan.read.slots))
  }

  /// The next block that is finished, in the order of the input; its removed rows are gone.
  package func next() -> ServedBlock? { done.popFirst() }

  /// Gives a finished block back.
  package func recycle(_ served: ServedBlock) { free.append(served) }

  /// Takes the last blocks through the steps: no more come.
  package func end(_ watch: StopWatch? = nil) throws(PrepError) {
    for gate in steps.gates {
      steps.end(gate)
      try release(gate, watch)
    }
  }

  /// Parses records into their block and takes it through the steps.
  ///
  /// Of all that is wrong with the records, the first one's error is thrown, whatever the size of
  /// the block.
  package func take(_ served: ServedBlock, _ watch: StopWatch? = nil) throws(PrepError) {
    let (block, records) = (served.block, served.records)
    block.removed = nil
    served.rejects.removeAll(keepingCapacity: true)
    limitDictionaries()
    if block !== self.block { block.dictionaries = self.block.dictionaries }
    do throws(PrepError) {
      try records.parse(plan.read, into: block, evidence: &evidence)
    } catch {
      // A row before the one that can't be read may fail in a step.
      if let record = error.record {
        block.keep((0..<block.count).filter { block.rows[$0] < record })
        run.startBlock()
        _ = steps.run(block, run, from: 0, nil)
        if let failure = run.firstFailure { throw self.error(for: failure, served) }
      }
      throw error
    }
    for pair in plan.verified where block.columns[pair.typed].missing.any {
      block.columns[pair.text].missing =
        block.columns[pair.text].missing.union(block.columns[pair.typed].missing)
    }
    block.dropRemoved()
    watch?.lap(.parse, rows: block.count)
    if let split, let partSlot = plan.output.partSlot {
      counts.add(split.mark(block, partSlot: partSlot))
      counts.leftOut += block.keep(part, partSlot: partSlot)
    }
    try pass(served, from: 0, watch)
  }

  /// Takes a block on from an operation: to the end, or until it is held back.
  private func pass(
    _ served: ServedBlock, from start: Int, _ watch: StopWatch?
  ) throws(PrepError) {
    if start == 0 { run.startBlock() }
    let gate = steps.run(served.block, run, from: start, watch)
    if let failure = run.firstFailure { throw error(for: failure, served) }
    served.rejects += run.rejects
    if let gate {
      waiting[gate, default: Queue()].append(served)
      try release(gate, watch)
    } else {
      served.block.dropRemoved()
      done.append(served)
    }
  }

  /// Takes on what an operation doesn't hold back any more.
  private func release(_ gate: Int, _ watch: StopWatch?) throws(PrepError) {
    while true {
      run.startBlock()
      guard steps.release(gate, run), let served = waiting[gate]?.popFirst() else { return }
      try pass(served, from: gate + 1, watch)
    }
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

  private func error(for failure: RunContext.Failure, _ served: ServedBlock) -> PrepError {
    let column = source.columns.firstIndex(of: failure.column)
    // A row that has waited for too long is one of an earlier block.
    let held = waiting.values.lazy.compactMap { $0.first { $0.holds(failure.record) } }
    let records = (served.holds(failure.record) ? served : held.first ?? served).records
    return PrepError(
      failure.code, failure.message, at: records.place(ofRecord: failure.record, column: column),
      hint: failure.hint, step: plan.fitted.steps[failure.step].address, record: failure.record)
  }
}
