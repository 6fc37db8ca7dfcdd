import DLPrepData
import Synchronization

/// What a source has counted, safe to read and add to from any thread.
final class Tally: Sendable {
  private let counts = Mutex(ReadCounts())

  /// What was counted so far.
  var current: ReadCounts { counts.withLock { $0 } }

  /// Changes the counts.
  func update(_ change: (inout sending ReadCounts) -> Void) { counts.withLock { change(&$0) } }
}
