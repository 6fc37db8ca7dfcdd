public import DLPrepData
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A temporary file without a name: whatever happens, the system frees it with the process.
///
/// Any thread may append and read; a range can be read once its append has returned.
public final class Spool: Sendable {
  private let descriptor: Descriptor
  private let path: String
  private let end = Atomic<Int>(0)

  /// Makes an empty one in a folder; without one in `TMPDIR`, or else `/tmp`.
  public init(in directory: String? = nil) throws(PrepError) {
    let folder = directory ?? Self.defaultDirectory
    path = folder
    var template = (folder + "/dlprep-spool-XXXXXX").utf8CString.map(\.self)
    let number = unsafe mkstemp(&template)
    if number < 0 {
      throw SystemError.failure(
        "make a temporary file in it",
        folder,
        hint: "choose another folder with --temp-dir"
      )
    }
    descriptor = Descriptor(number, owned: true)
    _ = unsafe unlink(template)
    _ = fcntl(number, F_SETFD, FD_CLOEXEC)
  }

  /// Where temporary files go unless told otherwise.
  public static var defaultDirectory: String {
    if let set = unsafe getenv("TMPDIR"), unsafe set.pointee != 0 {
      return unsafe String(cString: set)
    }
    return "/tmp"
  }

  /// How many bytes it holds.
  public var count: Int { end.load(ordering: .acquiring) }

  /// Writes bytes at the end and returns their offset.
  @discardableResult
  public func append(_ bytes: UnsafeRawBufferPointer) throws(PrepError) -> Int {
    let offset = end.wrappingAdd(bytes.count, ordering: .acquiringAndReleasing).oldValue
    unsafe try descriptor.write(bytes, at: offset, path)
    return offset
  }

  /// Writes bytes over or beyond what is there.
  public func write(_ bytes: UnsafeRawBufferPointer, at offset: Int) throws(PrepError) {
    unsafe try descriptor.write(bytes, at: offset, path)
    let reached = offset + bytes.count
    _ = end.max(reached, ordering: .acquiringAndReleasing)
  }

  /// Reads from an offset until the buffer is full or the spool ends; how many bytes.
  public func read(
    into buffer: UnsafeMutableRawBufferPointer,
    at offset: Int
  ) throws(PrepError) -> Int {
    var done = 0
    while done < buffer.count {
      let got = unsafe try descriptor.read(
        into: UnsafeMutableRawBufferPointer(rebasing: buffer[done...]),
        at: offset + done,
        path
      )
      if got == 0 { break }
      done += got
    }
    return done
  }

  /// Forgets everything and gives the space back.
  public func removeAll() throws(PrepError) {
    if ftruncate(descriptor.number, 0) != 0 {
      throw SystemError.failure("empty a spool in it", path)
    }
    end.store(0, ordering: .releasing)
  }
}
