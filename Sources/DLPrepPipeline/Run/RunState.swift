import DLPrepData
import Synchronization

/// What the workers of a run share: the next block to read, and the first thing that went wrong.
final class RunState: Sendable {
  private struct Shared {
    var next = 0
    var isDone = false
    var failure: (sequence: Int, error: PrepError)?
  }

  private let source: any TableSource
  private let shared = Mutex(Shared())
  private let progress: (@Sendable (Int) -> Void)?

  init(_ source: any TableSource, progress: (@Sendable (Int) -> Void)?) {
    self.source = source
    self.progress = progress
  }

  /// Reads the next records, one worker at a time; nil at the end or after a failure.
  ///
  /// - Returns: the block's place in the order of the input, from 0.
  func next(_ records: any RecordBlock, _ watch: StopWatch) -> Int? {
    shared.withLock { state in
      watch.lap(.wait)
      let before = watch.isRunning ? source.counts.bytes : 0
      guard !state.isDone else { return nil }
      let sequence = state.next
      do throws(PrepError) {
        guard try source.read(into: records) else {
          state.isDone = true
          return nil
        }
      } catch {
        state.isDone = true
        state.failure = state.failure ?? (sequence, error)
        return nil
      }
      if watch.isRunning {
        watch.lap(.read, rows: records.count, bytes: source.counts.bytes - before)
      }
      state.next += 1
      progress?(records.firstRecord + records.count)
      return sequence
    }
  }

  /// Takes down an error in a block; nothing more is read, and the earliest block's error stays.
  func fail(_ sequence: Int, _ error: PrepError) {
    shared.withLock { state in
      state.isDone = true
      if let failure = state.failure, failure.sequence <= sequence { return }
      state.failure = (sequence, error)
    }
  }

  /// Whether anything went wrong so far.
  var hasFailed: Bool { shared.withLock { $0.failure != nil } }

  /// Throws the error of the earliest block that failed.
  func rethrow() throws(PrepError) {
    if let failure = shared.withLock({ $0.failure }) { throw failure.error }
  }
}
