import DLPrepBytes
import DLPrepData
import Synchronization

/// One pass over a source: every block parsed by some worker, the parts in the order of the input.
final class ReadingPass: Sendable {
  private struct Part {
    var rows: Rows
    var columns: [CachedColumn]
    var present: [Bool]
    var rejects: [RejectedRecord]
  }
  private struct Shared {
    var parts: [Int: Part] = [:]
    var evidence: [Int: TypeEvidence] = [:]
    var dictionaries: [[Levels]] = []
  }

  private let source: any TableSource
  private let plan: ReadPlan
  private let cache: ColumnCache
  private let state: RunState
  private let threads: Int
  private let profile: RunProfile?
  private let shared = Mutex(Shared())

  init(
    _ source: any TableSource, _ plan: ReadPlan, _ cache: ColumnCache, _ options: RunOptions
  ) {
    self.source = source
    self.plan = plan
    self.cache = cache
    threads = max(1, options.threads)
    profile = options.profile
    state = RunState(source, progress: options.progress)
  }

  /// Reads to the end.
  func run() throws(PrepError) {
    try Workers.run(threads) { _ throws(PrepError) in self.work() }
    try state.rethrow()
  }

  private func work() {
    let records = source.makeRecords()
    let block = Block(slots: plan.slots)
    var evidence: [Int: TypeEvidence] = [:]
    let watch = StopWatch(profile)
    defer { watch.stop() }
    while let sequence = state.next(records, watch) {
      // The columns are kept: the next block gets fresh ones.
      block.columns = (0..<plan.slots).map { _ in Column() }
      block.removed = nil
      do throws(PrepError) {
        try records.parse(plan, into: block, evidence: &evidence)
        block.dropRemoved()
        let present = block.columns.map { $0.missing.total < $0.count }
        var columns: [CachedColumn] = []
        for column in block.columns { columns.append(try cache.put(column)) }
        let part = Part(
          rows: block.rows, columns: columns, present: present, rejects: records.rejects)
        shared.withLock { $0.parts[sequence] = part }
        watch.lap(.parse, rows: part.rows.count)
      } catch {
        state.fail(sequence, error)
        break
      }
    }
    shared.withLock { shared in
      shared.dictionaries.append(block.dictionaries)
      for (slot, found) in evidence { shared.evidence[slot, default: TypeEvidence()].merge(found) }
    }
  }

  private var parts: [Part] {
    shared.withLock { shared in shared.parts.sorted { $0.key < $1.key }.map(\.value) }
  }

  /// The rows of each part.
  var rows: [Rows] { parts.map(\.rows) }

  /// The parts of each column.
  var columns: [[CachedColumn]] {
    let parts = parts
    return (0..<plan.slots).map { slot in parts.map { $0.columns[slot] } }
  }

  /// The records that were refused, in order.
  var rejects: [RejectedRecord] { parts.flatMap(\.rejects) }

  /// By slot: what the values showed that didn't fit a guess.
  var evidence: [Int: TypeEvidence] { shared.withLock { $0.evidence } }

  /// By slot: whether any value was read.
  var present: [Bool] {
    let parts = parts
    return (0..<plan.slots).map { slot in parts.contains { $0.present[slot] } }
  }

  /// The workers' dictionaries of a slot.
  func dictionaries(of slot: Int) -> [Levels] {
    shared.withLock { $0.dictionaries.map { $0[slot] } }
  }

  /// Forgets what was read.
  func discard() {
    for part in parts { for column in part.columns { cache.remove(column) } }
  }
}
