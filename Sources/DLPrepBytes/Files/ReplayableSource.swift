public import DLPrepData

/// A pipe that can be read again: what was read is kept in a spool as long as that may be needed.
public final class ReplayableSource: ByteSource, @unchecked Sendable {
  // Unchecked: a source belongs to one thread at a time.
  private let base: any ByteSource
  private let directory: String?
  private var spool: Spool?
  private var offset = 0
  private var keeping = true

  /// Keeps what is read from another source in a folder for temporary files.
  public init(_ base: any ByteSource, in directory: String? = nil) {
    self.base = base
    self.directory = directory
  }

  /// The name of the source below.
  public var name: String { base.name }

  /// First what the spool holds, then what the source still has.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(PrepError) -> Int {
    if let spool, offset < spool.count {
      let count = min(buffer.count, spool.count - offset)
      let got = unsafe try spool.read(
        into: UnsafeMutableRawBufferPointer(rebasing: buffer[..<count]),
        at: offset
      )
      offset += got
      return got
    }
    let got = unsafe try base.read(into: buffer)
    if keeping, got > 0 {
      if spool == nil { spool = try Spool(in: directory) }
      unsafe try spool?.append(UnsafeRawBufferPointer(rebasing: buffer[..<got]))
      offset += got
    }
    return got
  }

  /// Whether nothing is kept for reading, and nothing at hand below.
  public var isQuiet: Bool { offset >= spool?.count ?? 0 && base.isQuiet }

  /// Goes back to the first byte.
  public func rewind() { offset = 0 }

  /// From here on nothing new is kept: nobody will want to read it again.
  public func stopKeeping() { keeping = false }
}
