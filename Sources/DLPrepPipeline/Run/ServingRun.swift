import DLPrepBytes
public import DLPrepData
import Synchronization

extension FittedPipeline {
  /// Applies the pipeline to a whole source, block by block on all workers.
  ///
  /// `open` makes the sink once it is known what comes out. The sink isn't published.
  /// - Returns: where every record went.
  public func apply(
    to source: any TableSource, _ options: RunOptions,
    into open: (OutputSchema) throws(PrepError) -> any TableSink
  ) throws(PrepError) -> Ledger {
    let plan = try ServingPlan(self, for: source, asText: options.writesText)
    let sink = try open(plan.output)
    let run = ServingRun(plan, source, sink, options, rejecting: pipeline.input.badRows)
    return try run.run()
  }
}

/// One application of a fitted pipeline: identical workers, each with a block of its own.
///
/// Reading is sequential, all else is parallel. Where each record is exactly one row of fixed
/// size, a block is written at its place as soon as it is ready; otherwise blocks are written in
/// the order of the input.
final class ServingRun: Sendable {
  private let plan: ServingPlan
  private let source: any TableSource
  private let sink: any TableSink
  private let options: RunOptions
  private let state: RunState
  private let gate = Turnstile()
  private let slices: BlockSlices
  private let takesAnyOrder: Bool
  /// Whether one worker does all.
  private let isAlone: Bool
  private let totals = Mutex(Totals())

  private struct Totals {
    var written = 0
    var ledger = LedgerCounts()
  }

  init(
    _ plan: ServingPlan, _ source: any TableSource, _ sink: any TableSink, _ options: RunOptions,
    rejecting: BadRowAction
  ) {
    self.plan = plan
    self.source = source
    self.sink = sink
    self.options = options
    slices = BlockSlices(plan.output)
    state = RunState(source, progress: options.progress)
    isAlone = source.isShort || plan.fitted.steps.contains { $0.stage.needsOrder }
    takesAnyOrder =
      sink.takesAnyOrder && plan.keepsRows && rejecting != .reject && options.part == .all
  }

  func run() throws(PrepError) -> Ledger {
    options.profile?.name(plan.fitted.steps.map(\.address))
    let threads = isAlone ? 1 : max(1, options.threads)
    try Workers.run(threads) { index throws(PrepError) in try self.work(index) }
    do throws(PrepError) {
      try state.rethrow()
    } catch {
      throw error.placed(in: source)
    }
    let (written, counts) = totals.withLock { ($0.written, $0.ledger) }
    var ledger = counts.ledger(plan.fitted.steps.map(\.address))
    ledger.add(source.counts)
    ledger.written = written
    for step in plan.fitted.steps where step.stage.when == .always {
      do throws(PrepError) {
        let dropped = ledger.dropped.reduce(0) { $0 + $1.count }
        try step.stage.check(rows: ledger.read - ledger.rejected - dropped)
      } catch {
        var error = error
        error.place = Place(file: source.name)
        error.step = step.address
        throw error
      }
    }
    try plan.fitted.pipeline.input.checkShare(ofRejected: ledger.rejected, in: ledger.read, source)
    let then = RunProfile.now()
    try sink.finish(rows: written)
    options.profile?.add(.finish, since: then)
    return ledger
  }

  private func work(_ index: Int) throws(PrepError) {
    let records = source.makeRecords()
    let watch = StopWatch(options.profile)
    defer { watch.stop() }
    var taken = state.next(records, watch)
    // Opening the steps may take longer than a block: whoever gets none leaves it to the first.
    if taken == nil, index > 0 { return }
    let worker = try ServingWorker(plan, source, part: options.part)
    let encoder = sink.makeEncoder()
    var encoded = EncodedBlock(outputs: sink.outputs)
    watch.lap(.load)
    var served = worker.vacant(for: records)
    while true {
      do throws(PrepError) {
        if let taken {
          served.sequence = taken
          try worker.take(served, watch)
        } else if !state.hasFailed {
          try worker.end(watch)
        }
        while let done = worker.next() {
          try write(done, encoder, &encoded, watch)
          worker.recycle(done)
        }
      } catch {
        // A worker with an earlier block may yet find an earlier error; its rows still stand.
        if let taken, !takesAnyOrder, !isAlone { _ = gate.wait(for: taken) }
        state.fail(taken ?? .max, error)
        gate.cancel()
        break
      }
      if taken == nil { break }
      served = worker.vacant()
      taken = state.next(served.records, watch)
    }
    totals.withLock { $0.ledger.merge(worker.finalCounts()) }
  }

  /// Encodes and writes a block, slice by slice: nearly always there is one.
  private func write(
    _ served: ServedBlock, _ encoder: any BlockEncoder, _ encoded: inout EncodedBlock,
    _ watch: StopWatch
  ) throws(PrepError) {
    let (block, records) = (served.block, served.records)
    var done = 0
    repeat {
      try encoder.encode(slices.slice(of: block, from: done), into: &encoded)
      let rows = encoded.rows
      watch.lap(.encode, rows: rows, bytes: encoded.byteCount)
      if !takesAnyOrder, done == 0 {
        guard gate.wait(for: served.sequence) else { return }
        watch.lap(.wait)
      }
      let first = totals.withLock { totals in
        totals.written += rows
        return takesAnyOrder ? records.firstRecord + done : totals.written - rows
      }
      try sink.write(encoded, firstRow: first)
      watch.lap(.write, rows: rows, bytes: encoded.byteCount)
      done += rows
    } while done < block.count
    if takesAnyOrder { return }
    if let rejects = options.rejects {
      let refused = records.rejects + served.rejects.map { reject($0, records) }
      if !refused.isEmpty { try rejects.reject(refused.sorted { $0.record < $1.record }) }
    }
    gate.advance()
  }

  private func reject(_ failure: RunContext.Failure, _ records: any RecordBlock) -> RejectedRecord {
    let raw = records.raw(ofRecord: failure.record)
    return RejectedRecord(
      file: source.name, record: failure.record, line: raw.line, byteOffset: raw.offset,
      columnIndex: source.columns.firstIndex(of: failure.column), columnName: failure.column,
      code: failure.code, message: failure.message, bytes: raw.bytes)
  }
}
