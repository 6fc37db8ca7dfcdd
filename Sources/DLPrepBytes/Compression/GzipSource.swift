import CDLPrepZlib
public import DLPrepData

/// What gzip data holds: all members one after the other, every checksum and length verified.
///
/// Zero bytes after the last member are padding; anything else there, a cut or a mismatch is an
/// error, which comes after all bytes that lie before it.
@safe
public final class GzipSource: ByteSource, @unchecked Sendable {
  // Unchecked: a source belongs to one thread at a time.
  private enum Part { case member, between, padding, ended }

  private let base: any ByteSource
  private let input = RawBuffer(capacity: 1 << 17)
  private let stream: UnsafeMutablePointer<z_stream>
  private var part = Part.member
  private var failure: PrepError?

  /// Inflates a source that starts with gzip's magic.
  public init(_ base: any ByteSource) throws(PrepError) {
    self.base = base
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15 bits of window, and 16 for "gzip only".
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    if unsafe inflateInit2_(stream, 31, ZLIB_VERSION, size) != Z_OK {
      throw PrepError(.internal, "zlib can't be started", at: Place(file: base.name))
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  /// The name of the source below.
  public var name: String { base.name }

  /// Inflates the next bytes.
  public func read(into buffer: UnsafeMutableRawBufferPointer) throws(PrepError) -> Int {
    if let failure { throw failure }
    let room = min(buffer.count, 1 << 30)
    if room == 0 { return 0 }
    unsafe stream.pointee.next_out = buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_out = UInt32(room)
    do throws(PrepError) {
      while unsafe stream.pointee.avail_out == UInt32(room), part != .ended {
        try advance()
      }
    } catch {
      failure = error
      let got = unsafe room - Int(stream.pointee.avail_out)
      if got == 0 { throw error }
      return got
    }
    return unsafe room - Int(stream.pointee.avail_out)
  }

  /// Whether all that came was inflated, and nothing is at hand below.
  public var isQuiet: Bool {
    unsafe stream.pointee.avail_in == 0 && part != .ended && failure == nil && base.isQuiet
  }

  /// One step: refill, inflate, or decide what follows a member.
  private func advance() throws(PrepError) {
    if unsafe stream.pointee.avail_in == 0, try !refill() {
      if part == .member { throw damaged("is cut: it ends inside a gzip member") }
      part = .ended
      return
    }
    guard let next = unsafe stream.pointee.next_in else { return }
    switch part {
    case .member:
      try inflateMore()
    case .between:
      switch unsafe next.pointee {
      case 0x1F:
        unsafe inflateReset(stream)
        part = .member
      case 0:
        part = .padding
      default:
        throw damaged("has something other than gzip data after its end")
      }
    case .padding:
      let count = unsafe Int(stream.pointee.avail_in)
      for i in 0..<count where unsafe next[i] != 0 {
        throw damaged("has something other than gzip data after its end")
      }
      unsafe stream.pointee.avail_in = 0
    case .ended:
      break
    }
  }

  private func inflateMore() throws(PrepError) {
    let result = unsafe inflate(stream, Z_NO_FLUSH)
    switch result {
    case Z_STREAM_END: part = .between
    case Z_OK, Z_BUF_ERROR: break
    case Z_MEM_ERROR:
      throw PrepError(.limit, "not enough memory to decompress it", at: Place(file: name))
    default:
      let detail = unsafe stream.pointee.msg.map { unsafe String(cString: $0) } ?? "code \(result)"
      throw damaged("is damaged: zlib says '\(detail)'")
    }
  }

  /// False at the end.
  private func refill() throws(PrepError) -> Bool {
    let got = unsafe try base.read(into: input.bytes)
    unsafe stream.pointee.next_in = input.bytes.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_in = UInt32(got)
    return got > 0
  }

  private func damaged(_ what: String) -> PrepError {
    PrepError(
      .compression,
      "expected whole gzip data, found that the file \(what)",
      at: Place(file: name),
      hint: "get the file again; nothing of it can be trusted"
    )
  }
}
