#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A gate that lets one through at a time, in the order of their numbers.
///
/// Workers finish blocks in any order; each waits here for its turn, does what must be done in
/// order, and calls `advance`.
@safe
public final class Turnstile: @unchecked Sendable {
  // Unchecked: `turn` and `isCancelled` are used only under the mutex.
  private let mutex: UnsafeMutablePointer<pthread_mutex_t>
  private let changed: UnsafeMutablePointer<pthread_cond_t>
  private var turn: Int
  private var isCancelled = false

  /// A gate whose first turn has a number.
  public init(first: Int = 0) {
    turn = first
    unsafe mutex = .allocate(capacity: 1)
    unsafe changed = .allocate(capacity: 1)
    unsafe pthread_mutex_init(mutex, nil)
    unsafe pthread_cond_init(changed, nil)
  }

  deinit {
    unsafe pthread_cond_destroy(changed)
    unsafe pthread_mutex_destroy(mutex)
    unsafe changed.deallocate()
    unsafe mutex.deallocate()
  }

  /// Waits until it is a number's turn; false if it was cancelled and there will be no turn.
  public func wait(for sequence: Int) -> Bool {
    unsafe pthread_mutex_lock(mutex)
    defer { unsafe pthread_mutex_unlock(mutex) }
    while turn != sequence, !isCancelled { unsafe pthread_cond_wait(changed, mutex) }
    return !isCancelled
  }

  /// Gives the turn to the next number.
  public func advance() {
    unsafe pthread_mutex_lock(mutex)
    turn += 1
    unsafe pthread_cond_broadcast(changed)
    unsafe pthread_mutex_unlock(mutex)
  }

  /// Wakes everyone who waits, for good: something has failed.
  public func cancel() {
    unsafe pthread_mutex_lock(mutex)
    isCancelled = true
    unsafe pthread_cond_broadcast(changed)
    unsafe pthread_mutex_unlock(mutex)
  }
}
