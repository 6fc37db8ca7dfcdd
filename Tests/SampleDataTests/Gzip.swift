import CDLPrepZlib

/// Reads and writes the compressed sample file with zlib alone, apart from the code under test.
enum Gzip {
  /// 15 bits of window, plus 16 for a gzip header instead of zlib's.
  private static let gzipWindow: Int32 = 15 + 16

  static func compress(_ plain: [UInt8]) -> [UInt8]? {
    var plain = plain
    var stream = unsafe z_stream()
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    guard
      unsafe deflateInit2_(
        &stream, 9, Z_DEFLATED, gzipWindow, 8, Z_DEFAULT_STRATEGY, ZLIB_VERSION, size) == Z_OK
    else { return nil }
    defer { unsafe _ = deflateEnd(&stream) }
    return unsafe run(&stream, &plain, room: plain.count + 1024) { unsafe deflate(&$0, Z_FINISH) }
  }

  /// The plain bytes, or nil for anything but one whole gzip member of at most `limit` bytes.
  static func decompress(_ packed: [UInt8], limit: Int = 1 << 20) -> [UInt8]? {
    var packed = packed
    var stream = unsafe z_stream()
    let size = unsafe Int32(MemoryLayout<z_stream>.size)
    guard unsafe inflateInit2_(&stream, gzipWindow, ZLIB_VERSION, size) == Z_OK else { return nil }
    defer { unsafe _ = inflateEnd(&stream) }
    return unsafe run(&stream, &packed, room: limit) { unsafe inflate(&$0, Z_FINISH) }
  }

  private static func run(
    _ stream: inout z_stream, _ input: inout [UInt8], room: Int,
    _ step: (inout z_stream) -> Int32
  ) -> [UInt8]? {
    var output = [UInt8](repeating: 0, count: room)
    let ended = unsafe input.withUnsafeMutableBufferPointer { source in
      unsafe output.withUnsafeMutableBufferPointer { target in
        unsafe stream.next_in = source.baseAddress
        unsafe stream.avail_in = UInt32(source.count)
        unsafe stream.next_out = target.baseAddress
        unsafe stream.avail_out = UInt32(target.count)
        return unsafe step(&stream)
      }
    }
    guard ended == Z_STREAM_END, unsafe stream.avail_in == 0 else { return nil }
    return unsafe Array(output.prefix(Int(stream.total_out)))
  }
}
