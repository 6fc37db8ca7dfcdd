public import DLPrepData
import Synchronization

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A file or pipe as it lies there: bytes, nothing recognised or decoded.
public final class InputFile: ByteSource {
  /// Which file it is, whatever its path.
  public struct Identity: Hashable, Sendable {
    package let device: UInt64
    package let inode: UInt64
  }

  /// The path as the user gave it; `-` is standard input.
  public let name: String
  /// Whether it can be read again from the start: a regular file, not a pipe.
  public let isSeekable: Bool
  /// How many bytes it had when it was opened; nil for a pipe.
  public let size: Int?
  /// Which file it is.
  public let identity: Identity
  private let descriptor: Descriptor
  private let modified: [Int]
  private let offset = Atomic<Int>(0)

  /// Opens a path, or standard input for `-`.
  public init(_ path: String) throws(PrepError) {
    name = path
    descriptor =
      path == "-"
      ? Descriptor(0, owned: false)
      : try Descriptor.opening(path, O_RDONLY | O_NOCTTY, to: "open it")
    let status = try descriptor.status(path)
    let kind = status.st_mode & S_IFMT
    if kind == S_IFDIR {
      throw PrepError(
        .io,
        "expected a file, found a folder",
        at: Place(file: path),
        hint: "name the files in it"
      )
    }
    var seekable = kind == S_IFREG
    var start = 0
    if seekable {
      // Standard input may be a file that someone has read the beginning of.
      let at = lseek(descriptor.number, 0, SEEK_CUR)
      seekable = at >= 0
      start = max(0, Int(at))
    }
    isSeekable = seekable
    size = seekable ? max(0, Int(status.st_size) - start) : nil
    origin = start
    identity = Self.identity(status)
    modified = Self.modification(status)
    offset.store(start, ordering: .relaxed)
  }

  /// Where the input begins: 0 but for a standard input that was partly read.
  private let origin: Int

  /// Reads on.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(PrepError) -> Int {
    guard isSeekable else { return unsafe try descriptor.read(into: buffer, name) }
    let at = offset.load(ordering: .relaxed)
    let got = unsafe try descriptor.read(into: buffer, at: at, name)
    offset.store(at + got, ordering: .relaxed)
    return got
  }

  /// Reads from an offset, whatever was read before; only where `isSeekable`.
  public func read(
    into buffer: UnsafeMutableRawBufferPointer,
    at position: Int
  ) throws(PrepError) -> Int {
    unsafe try descriptor.read(into: buffer, at: origin + position, name)
  }

  /// Whether a pipe gives nothing for a moment: one that is only a little slower than its reader
  /// isn't quiet.
  public var isQuiet: Bool {
    if isSeekable { return false }
    var wanted = pollfd(fd: descriptor.number, events: Int16(POLLIN), revents: 0)
    return unsafe poll(&wanted, 1, 10) == 0
  }

  /// Goes back to the first byte; false for a pipe.
  public func rewind() -> Bool {
    if isSeekable { offset.store(origin, ordering: .relaxed) }
    return isSeekable
  }

  /// Fails if the file has changed since it was opened: a table that is half old, half new.
  public func checkUnchanged() throws(PrepError) {
    guard isSeekable else { return }
    let status = try descriptor.status(name)
    if Int(status.st_size) - origin != size || Self.modification(status) != modified {
      throw PrepError(
        .io,
        "expected a file that stays as it is, found that it changed while it was read",
        at: Place(file: name),
        hint: "run again when nobody writes to it"
      )
    }
  }

  static func identity(_ status: stat) -> Identity {
    Identity(
      device: UInt64(truncatingIfNeeded: status.st_dev),
      inode: UInt64(truncatingIfNeeded: status.st_ino)
    )
  }

  private static func modification(_ status: stat) -> [Int] {
    #if canImport(Glibc)
    [status.st_mtim.tv_sec, status.st_mtim.tv_nsec]
    #else
    [status.st_mtimespec.tv_sec, status.st_mtimespec.tv_nsec]
    #endif
  }

  /// Which file a path leads to now; nil where there is none.
  package static func identity(of path: String) -> Identity? {
    var status = stat()
    return unsafe stat(path, &status) == 0 ? identity(status) : nil
  }
}
