import CDLPrepZlib
public import DLPrepData

/// Packs what is written as one gzip member, without a name or a time: the same bytes in give the
/// same bytes out.
@safe
public final class GzipSink: ByteSink, @unchecked Sendable {
  // Unchecked: one caller at a time, as for every sink.
  private let base: any ByteSink
  private let output = RawBuffer(capacity: 1 << 17)
  private let stream: UnsafeMutablePointer<z_stream>

  /// Packs into another sink.
  public init(_ base: any ByteSink) throws(PrepError) {
    self.base = base
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15 bits of window, and 16 for gzip.
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    let result = unsafe deflateInit2_(
      stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size)
    if result != Z_OK {
      throw PrepError(.internal, "zlib can't be started", at: Place(file: base.name))
    }
  }

  deinit {
    unsafe deflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// The name of the sink below.
  public var name: String { base.name }

  /// Packs all bytes.
  public func write(_ bytes: UnsafeRawBufferPointer) throws(PrepError) {
    var done = 0
    while done < bytes.count {
      let count = min(bytes.count - done, 1 << 30)
      let start = unsafe bytes.baseAddress.map { unsafe $0 + done }
      unsafe stream.pointee.next_in = UnsafeMutablePointer(
        mutating: start?.assumingMemoryBound(to: UInt8.self))
      unsafe stream.pointee.avail_in = UInt32(count)
      while unsafe stream.pointee.avail_in > 0 { try advance(Z_NO_FLUSH) }
      done += count
    }
  }

  /// Ends the member, after which nothing can be written.
  public func finish() throws(PrepError) {
    while try advance(Z_FINISH) != Z_STREAM_END {}
  }

  /// Packs some bytes and passes them on.
  @discardableResult
  private func advance(_ flush: Int32) throws(PrepError) -> Int32 {
    let room = unsafe output.bytes.count
    unsafe stream.pointee.next_out = output.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_out = UInt32(room)
    let result = unsafe deflate(stream, flush)
    guard result == Z_OK || result == Z_STREAM_END || result == Z_BUF_ERROR else {
      throw PrepError(.internal, "zlib can't pack: code \(result)", at: Place(file: name))
    }
    let got = unsafe room - Int(stream.pointee.avail_out)
    unsafe try base.write(UnsafeRawBufferPointer(rebasing: output.bytes[..<got]))
    return result
  }
}
