public import DLPrepData
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// One file that a run writes: a temporary beside its target until the whole set is published.
public final class OutputFile: ByteSink {
  /// The path as the user gave it.
  public let name: String
  /// Whether bytes can be written to their place in any order (a file), or only one after the other
  /// (a device or pipe, which is written through and can't be taken back).
  public let isSeekable: Bool
  /// Whether it is put in place last: what the other files belong to.
  let isMain: Bool
  let target: OutputTarget
  private let temporary: TemporaryFile?
  private let descriptor: Descriptor
  private let end = Atomic<Int>(0)

  init(_ path: String, isMain: Bool) throws(PrepError) {
    name = path
    self.isMain = isMain
    target = try OutputTarget(path)
    isSeekable = !target.isWrittenThrough
    if target.isWrittenThrough {
      temporary = nil
      descriptor = try Descriptor.opening(target.path, O_WRONLY | O_NOCTTY, to: "write to it")
    } else {
      TemporaryFile.sweep(beside: target.path)
      let file = try TemporaryFile(beside: target.path, mode: target.mode, shown: path)
      temporary = file
      descriptor = file.descriptor
    }
  }

  /// How many bytes it has.
  public var count: Int { end.load(ordering: .acquiring) }

  /// Writes all bytes at the end.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(PrepError) {
    let at = end.wrappingAdd(bytes.count, ordering: .acquiringAndReleasing).oldValue
    unsafe try descriptor.write(bytes, at: isSeekable ? at : nil, name)
  }

  /// Writes all bytes at an offset; any thread may, at the same time as others.
  public func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(PrepError) {
    guard isSeekable else {
      throw PrepError(
        .internal, "bytes were to be written at a place of a pipe", at: Place(file: name))
    }
    unsafe try descriptor.write(bytes, at: offset, name)
    _ = end.max(offset + bytes.count, ordering: .acquiringAndReleasing)
  }

  /// Reads back what was written, for hashes; only where `isSeekable`.
  public func read(
    into buffer: UnsafeMutableRawBufferPointer, at offset: Int
  ) throws(PrepError) -> Int {
    unsafe try descriptor.read(into: buffer, at: offset, name)
  }

  /// Makes sure that the bytes are on the disk.
  func settle() throws(PrepError) {
    while fsync(descriptor.number) != 0 {
      // Devices and pipes know nothing of it.
      if errno == EINVAL || errno == EROFS || errno == ENOTSUP { return }
      if errno != EINTR { throw SystemError.failure("write it to the disk", name) }
    }
    let second = dup(descriptor.number)
    if second >= 0, close(second) != 0, errno != EINTR {
      throw SystemError.failure("write it to the disk", name)
    }
  }

  /// Puts it in place.
  func publish() throws(PrepError) { try temporary?.rename(to: target.path, shown: name) }

  /// Removes the temporary.
  func discard() { temporary?.remove() }
}
