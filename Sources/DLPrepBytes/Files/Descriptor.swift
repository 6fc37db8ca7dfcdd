package import DLPrepData

#if canImport(Glibc)
package import Glibc
#else
package import Darwin
#endif

/// An open file descriptor, closed with its owner; every call retries interruptions.
package final class Descriptor: Sendable {
  /// The number the system knows it by.
  package let number: Int32
  private let owned: Bool

  /// Takes over a descriptor; one that isn't owned (standard input and output) stays open.
  package init(_ number: Int32, owned: Bool) {
    self.number = number
    self.owned = owned
  }

  deinit { if owned { _ = close(number) } }

  /// Opens a path; the error says what was tried.
  package static func opening(
    _ path: String,
    _ flags: Int32,
    mode: mode_t = 0o666,
    to action: String
  ) throws(PrepError) -> Descriptor {
    while true {
      let number = unsafe open(path, flags | O_CLOEXEC, mode)
      if number >= 0 { return Descriptor(number, owned: true) }
      if errno != EINTR { throw SystemError.failure(action, path) }
    }
  }

  /// What the system knows of the file.
  package func status(_ path: String) throws(PrepError) -> stat {
    var status = stat()
    if unsafe fstat(number, &status) != 0 { throw SystemError.failure("look at it", path) }
    return status
  }

  /// One read, at an offset or where the descriptor stands; 0 is the end.
  package func read(
    into buffer: UnsafeMutableRawBufferPointer,
    at offset: Int? = nil,
    _ path: String
  ) throws(PrepError) -> Int {
    if unsafe buffer.isEmpty { return 0 }
    while true {
      // Linux reads at most 2 GiB at a time, and more than that is refused elsewhere.
      let count = min(buffer.count, 1 << 30)
      let got =
        if let offset {
          unsafe pread(number, buffer.baseAddress, count, off_t(offset))
        } else {
          unsafe Self.systemRead(number, buffer.baseAddress, count)
        }
      if got >= 0 { return got }
      if errno != EINTR { throw SystemError.failure("read it", path) }
    }
  }

  /// Writes all bytes, at an offset or where the descriptor stands.
  package func write(
    _ bytes: UnsafeRawBufferPointer,
    at offset: Int? = nil,
    _ path: String
  ) throws(PrepError) {
    var done = 0
    while done < bytes.count {
      let count = min(bytes.count - done, 1 << 30)
      let from = unsafe bytes.baseAddress.map { unsafe $0 + done }
      let put =
        if let offset {
          unsafe pwrite(number, from, count, off_t(offset + done))
        } else {
          unsafe Self.systemWrite(number, from, count)
        }
      if put > 0 {
        done += put
      } else if put == 0 {
        throw PrepError(.io, "can't write to it: the system took no bytes", at: Place(file: path))
      } else if errno == EPIPE {
        throw PrepError(.pipe, "nobody reads it any more", at: Place(file: path))
      } else if errno != EINTR {
        throw SystemError.failure("write to it", path)
      }
    }
  }

  private static func systemRead(_ n: Int32, _ p: UnsafeMutableRawPointer?, _ c: Int) -> Int {
    #if canImport(Glibc)
    unsafe Glibc.read(n, p, c)
    #else
    unsafe Darwin.read(n, p, c)
    #endif
  }

  private static func systemWrite(_ n: Int32, _ p: UnsafeRawPointer?, _ c: Int) -> Int {
    #if canImport(Glibc)
    unsafe Glibc.write(n, p, c)
    #else
    unsafe Darwin.write(n, p, c)
    #endif
  }
}
