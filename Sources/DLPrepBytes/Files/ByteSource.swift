public import DLPrepData

/// Bytes that come one after the other: a file, a pipe, or what a layer above makes of them.
///
/// A source belongs to one thread at a time; it is `Sendable` so that it can be handed over.
public protocol ByteSource: AnyObject, Sendable {
  /// The name that errors show: the path as the user gave it, `-` for standard input.
  var name: String { get }

  /// Reads at least one byte, at most as many as the buffer holds; 0 is the end.
  ///
  /// After an error or the end, calling again gives the same.
  func read(into buffer: UnsafeMutableRawBufferPointer) throws(PrepError) -> Int

  /// Whether reading on would have to wait for whoever writes to the other end of a pipe.
  ///
  /// Only a hint: what was read may be handed on meanwhile.
  var isQuiet: Bool { get }
}

extension ByteSource {
  /// It never is.
  public var isQuiet: Bool { false }

  /// Reads until the buffer is full or the source ends; fewer bytes than asked for are the end.
  public func fill(_ buffer: UnsafeMutableRawBufferPointer) throws(PrepError) -> Int {
    var done = 0
    while done < buffer.count {
      let got = unsafe try read(into: UnsafeMutableRawBufferPointer(rebasing: buffer[done...]))
      if got == 0 { break }
      done += got
    }
    return done
  }

  /// Reads everything there is, but no more than a limit.
  ///
  /// - Throws: `limit` where the source is longer.
  public func readAll(limit: Int = 1 << 30) throws(PrepError) -> [UInt8] {
    let piece = RawBuffer(capacity: 1 << 16)
    var all: [UInt8] = []
    if let size = (self as? InputFile)?.size { all.reserveCapacity(min(size, limit)) }
    while true {
      let got = unsafe try read(into: piece.bytes)
      if got == 0 { return all }
      if all.count > limit - got {
        throw PrepError(
          .limit,
          "expected at most \(limit) bytes, found more",
          at: Place(file: name)
        )
      }
      unsafe all.append(contentsOf: piece.bytes[..<got])
    }
  }
}
