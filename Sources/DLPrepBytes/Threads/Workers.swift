public import DLPrepData
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The same work on several threads.
public enum Workers {
  /// How many threads the machine runs at a time.
  public static var processors: Int { max(1, sysconf(Int32(_SC_NPROCESSORS_ONLN))) }

  /// Runs `body(0)` to `body(count - 1)` side by side and waits for all of them; the first on this
  /// thread.
  ///
  /// If several fail, the error is that of the lowest index, whichever came first. A body that
  /// fails has to wake those that wait for it (`Turnstile.cancel`). Where the system refuses to
  /// start another thread, the bodies that are left run after the others: bodies take their work
  /// from what is left of it, and never wait for a body of a higher index to take some.
  public static func run(
    _ count: Int, _ body: @escaping @Sendable (Int) throws(PrepError) -> Void
  ) throws(PrepError) {
    let failures = Mutex<[Int: PrepError]>([:])
    @Sendable func attempt(_ index: Int) {
      do throws(PrepError) {
        try body(index)
      } catch {
        failures.withLock { $0[index] = error }
      }
    }
    var threads: [Thread] = []
    for index in 1..<max(1, count) {
      do throws(PrepError) {
        threads.append(try Thread { attempt(index) })
      } catch {
        // Too many threads for this system: the body still runs, after the others.
        attempt(0)
        for thread in threads { thread.join() }
        for late in index..<count { attempt(late) }
        return try report(failures.withLock { $0 })
      }
    }
    attempt(0)
    for thread in threads { thread.join() }
    try report(failures.withLock { $0 })
  }

  private static func report(_ failures: [Int: PrepError]) throws(PrepError) {
    if let first = failures.min(by: { $0.key < $1.key }) { throw first.value }
  }
}
