import CDLPrepCodecs
import CDLPrepZlib
import DLPrepData

/// Inflates gzip members one after the other: by igzip where that is installed, else by zlib.
///
/// Both take and refuse the same data. It belongs to one thread at a time.
protocol GzipDecoder: AnyObject {
  /// Starts over, at the header of the next member.
  func reset()

  /// Inflates as much as there is input and room for, and moves both on.
  /// - Returns: whether the member has ended, its checksum and its length being right; nil where
  ///   it is damaged.
  func step(
    _ input: inout UnsafeMutableRawBufferPointer, _ output: inout UnsafeMutableRawBufferPointer
  ) throws(PrepError) -> Bool?
}

/// Which library inflates gzip here.
package enum GzipLibrary: String {
  case igzip
  case zlib

  /// igzip where it is installed and the environment doesn't say `DLPREP_GZIP=zlib`.
  package static var inUse: GzipLibrary { dlp_igzip_works() != 0 ? .igzip : .zlib }

  func decoder() throws(PrepError) -> any GzipDecoder {
    switch self {
    case .igzip:
      if let decoder = IgzipDecoder() { return decoder }
      return try ZlibDecoder()
    case .zlib: return try ZlibDecoder()
    }
  }
}

/// Inflates by igzip.
@safe
private final class IgzipDecoder: GzipDecoder {
  private let state: OpaquePointer

  init?() {
    guard let state = unsafe dlp_igzip_open() else { return nil }
    unsafe self.state = state
  }

  deinit { unsafe dlp_igzip_close(state) }

  func reset() { unsafe dlp_igzip_reset(state) }

  func step(
    _ input: inout UnsafeMutableRawBufferPointer, _ output: inout UnsafeMutableRawBufferPointer
  ) throws(PrepError) -> Bool? {
    var next = unsafe UnsafePointer(input.baseAddress?.assumingMemoryBound(to: UInt8.self))
    var target = unsafe output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    var (left, room) = (input.count, output.count)
    let result = unsafe dlp_igzip_step(state, &next, &left, &target, &room)
    unsafe input = .init(rebasing: input[(input.count - left)...])
    unsafe output = .init(rebasing: output[(output.count - room)...])
    return result < 0 ? nil : result == Int32(DLP_IGZIP_END)
  }
}

/// Inflates by zlib.
@safe
private final class ZlibDecoder: GzipDecoder {
  private let stream: UnsafeMutablePointer<z_stream>

  init() throws(PrepError) {
    unsafe stream = .allocate(capacity: 1)
    unsafe stream.initialize(to: z_stream())
    // 15 bits of window, and 16 for "gzip only".
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    if unsafe inflateInit2_(stream, 31, ZLIB_VERSION, size) != Z_OK {
      throw PrepError(.internal, "zlib can't be started")
    }
  }

  deinit {
    unsafe inflateEnd(stream)
    unsafe stream.deallocate()
  }

  func reset() { unsafe _ = inflateReset(stream) }

  func step(
    _ input: inout UnsafeMutableRawBufferPointer, _ output: inout UnsafeMutableRawBufferPointer
  ) throws(PrepError) -> Bool? {
    let room = min(output.count, 1 << 30)
    unsafe stream.pointee.next_in = input.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_in = UInt32(input.count)
    unsafe stream.pointee.next_out = output.baseAddress?.assumingMemoryBound(to: UInt8.self)
    unsafe stream.pointee.avail_out = UInt32(room)
    let result = unsafe inflate(stream, Z_NO_FLUSH)
    let (taken, made) = unsafe (
      input.count - Int(stream.pointee.avail_in), room - Int(stream.pointee.avail_out)
    )
    unsafe input = .init(rebasing: input[taken...])
    unsafe output = .init(rebasing: output[made...])
    switch result {
    case Z_STREAM_END: return true
    case Z_OK, Z_BUF_ERROR: return false
    case Z_MEM_ERROR: throw PrepError(.limit, "not enough memory to decompress it")
    default: return nil
    }
  }
}
