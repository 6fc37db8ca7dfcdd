package import DLPrepData

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A real thread: work that blocks must not occupy the few threads of Swift's own pool.
package final class Thread: @unchecked Sendable {
  // Unchecked: a pthread_t may be used from any thread, and `join` is called once.
  private final class Work {
    let body: @Sendable () -> Void
    init(_ body: @escaping @Sendable () -> Void) { self.body = body }
  }

  private let handle: pthread_t

  /// Starts a thread; `join` it before letting go.
  package init(_ body: @escaping @Sendable () -> Void) throws(PrepError) {
    let work = unsafe Unmanaged.passRetained(Work(body))
    #if canImport(Glibc)
    var handle = pthread_t()
    let code = unsafe pthread_create(&handle, nil, { unsafe Thread.start($0) }, work.toOpaque())
    #else
    // macOS would give a thread 512 KiB of stack, Linux gives what the main thread has.
    var attributes = pthread_attr_t()
    unsafe pthread_attr_init(&attributes)
    unsafe pthread_attr_setstacksize(&attributes, 8 << 20)
    defer { unsafe pthread_attr_destroy(&attributes) }
    var started: pthread_t?
    let code = unsafe pthread_create(&started, &attributes, { Thread.start($0) }, work.toOpaque())
    guard let handle = started else {
      work.release()
      throw Self.failure(code)
    }
    #endif
    self.handle = handle
    if code != 0 {
      unsafe work.release()
      throw Self.failure(code)
    }
  }

  /// Waits until it has ended.
  package func join() { pthread_join(handle, nil) }

  private static func start(_ argument: UnsafeMutableRawPointer?) -> UnsafeMutableRawPointer? {
    if let argument = unsafe argument {
      unsafe Unmanaged<Work>.fromOpaque(argument).takeRetainedValue().body()
    }
    return nil
  }

  private static func failure(_ code: Int32) -> PrepError {
    PrepError(
      .limit, "can't start a thread: \(SystemError.text(code))",
      hint: "ask for fewer with --threads, or raise the limit of processes (ulimit -u)")
  }
}
