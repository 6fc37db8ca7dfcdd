public import DLPrepData

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Standard output, every write checked; what nobody reads any more is an error of class `pipe`.
public final class StandardOutput: ByteSink {
  /// `-`.
  public let name = "-"
  private let descriptor: Descriptor
  private let spool: Spool?

  /// Writes as it goes; or, with a spool, only once `finish` says that the run has succeeded.
  public convenience init(spooledIn spool: Spool? = nil) {
    self.init(descriptor: Descriptor(STDOUT_FILENO, owned: false), spool)
  }

  init(descriptor: Descriptor, _ spool: Spool?) {
    self.descriptor = descriptor
    self.spool = spool
  }

  /// Writes all bytes, or keeps them.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(PrepError) {
    if let spool {
      unsafe try spool.append(bytes)
    } else {
      unsafe try descriptor.write(bytes, name)
    }
  }

  /// Writes what was kept, and makes sure that all of it has arrived.
  public func finish() throws(PrepError) {
    if let spool { try copy(spool) }
    // Some file systems report a failed write only when a descriptor is closed.
    let second = dup(descriptor.number)
    if second < 0 { throw SystemError.failure("write to it", name) }
    if close(second) != 0, errno != EINTR { throw SystemError.failure("write to it", name) }
  }

  private func copy(_ spool: Spool) throws(PrepError) {
    let piece = RawBuffer(capacity: 1 << 18)
    var offset = 0
    while true {
      let got = unsafe try spool.read(into: piece.bytes, at: offset)
      if got == 0 { return }
      unsafe try descriptor.write(UnsafeRawBufferPointer(rebasing: piece.bytes[..<got]), name)
      offset += got
    }
  }
}
