import DLPrepBytes
import DLPrepData
import Synchronization

/// Threads that have nothing to do of their own: work on many parts of the rows takes them along.
///
/// So a table whose columns are fewer than the threads, or whose last column takes longest, still
/// keeps all threads busy.
public final class SpareThreads: Sendable {
  private let count: Atomic<Int>

  /// So many threads are spare from the start.
  package init(_ count: Int) { self.count = Atomic(max(0, count)) }

  /// The results of pieces of work 0 to `count` - 1, which are done on this thread and on those that
  /// are spare: several at a time, in no order.
  public func map<Result>(
    _ count: Int, _ work: @escaping @Sendable (Int) -> Result
  ) -> [Result] {
    // No piece fails, and so there are as many results.
    (try? results(count) { (piece) throws(PrepError) in work(piece) }) ?? []
  }

  /// The same for pieces that may fail; the error is that of the lowest.
  func results<Result>(
    _ count: Int, _ work: @escaping @Sendable (Int) throws(PrepError) -> Result
  ) throws(PrepError) -> [Result] {
    let found = try share(count) {
      [(piece: Int, result: Result)]()
    } _: { found, piece throws(PrepError) in
      found.append((piece, try work(piece)))
    }
    return found.flatMap { $0 }.sorted { $0.piece < $1.piece }.map(\.result)
  }

  /// A thread has run out of work.
  func give() { count.wrappingAdd(1, ordering: .relaxed) }

  private func take() -> Bool {
    var seen = count.load(ordering: .relaxed)
    while seen > 0 {
      let (done, now) = count.weakCompareExchange(
        expected: seen, desired: seen - 1, ordering: .relaxed)
      if done { return true }
      seen = now
    }
    return false
  }

  /// Works on the parts 0 to `parts` - 1, on this thread and on those that are or become spare.
  ///
  /// Each thread opens a worker of its own; the workers come back in no order. If several parts
  /// fail, the error is that of the lowest.
  func share<Worker>(
    _ parts: Int, open: @escaping @Sendable () -> Worker,
    _ work: @escaping @Sendable (inout Worker, Int) throws(PrepError) -> Void
  ) throws(PrepError) -> [Worker] {
    let next = Atomic(0)
    let workers = Mutex<[UncheckedBox<Worker>]>([])
    let failures = Mutex<[Int: PrepError]>([:])
    var others: [Thread] = []
    @Sendable func workOff(_ beforeEach: (Int) -> Void) {
      var worker = open()
      while true {
        let part = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard part < parts else { break }
        beforeEach(parts - part - 1)
        do throws(PrepError) {
          try work(&worker, part)
        } catch {
          failures.withLock { $0[part] = error }
          next.store(parts, ordering: .relaxed)
        }
      }
      let box = UncheckedBox(worker)
      workers.withLock { $0.append(box) }
    }
    workOff { left in
      guard left > 0, take() else { return }
      let started = try? Thread { [self] in
        workOff { _ in }
        give()
      }
      if let started { others.append(started) } else { give() }
    }
    for thread in others { thread.join() }
    if let first = failures.withLock({ $0.min { $0.key < $1.key } }) { throw first.value }
    return workers.withLock { $0.map(\.value) }
  }
}
