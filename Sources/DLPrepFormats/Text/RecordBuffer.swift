/// The bytes of a block of records, with the padding that the scanner may read beyond them.
@safe final class RecordBuffer {
  /// The memory; bytes beyond `count` mean nothing.
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  /// How many bytes are in use.
  var count = 0
  private(set) var capacity: Int

  /// How many bytes beyond the capacity there are.
  static let padding = 128

  init(capacity: Int) {
    self.capacity = capacity
    unsafe bytes = .allocate(capacity: capacity + Self.padding)
  }

  deinit { unsafe bytes.deallocate() }

  /// Makes room for `wanted` bytes in all, keeping those in use.
  func reserve(_ wanted: Int) {
    guard wanted > capacity else { return }
    let more = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted + Self.padding)
    unsafe more.update(from: bytes, count: count)
    unsafe bytes.deallocate()
    unsafe bytes = more
    capacity = wanted
  }

  /// Takes over bytes at the end.
  func append(_ other: UnsafePointer<UInt8>, count more: Int) {
    reserve(count + more)
    unsafe (bytes + count).update(from: other, count: more)
    count += more
  }

  /// Room behind the bytes in use, up to `wanted` in all.
  func room(upTo wanted: Int) -> UnsafeMutableRawBufferPointer {
    reserve(wanted)
    return unsafe UnsafeMutableRawBufferPointer(start: bytes + count, count: wanted - count)
  }
}

/// Positions in a record buffer, in memory that grows without being cleared.
@safe final class Positions {
  private(set) var values: UnsafeMutablePointer<UInt32>
  private var capacity: Int

  init(capacity: Int) {
    self.capacity = capacity
    unsafe values = .allocate(capacity: capacity)
  }

  deinit { unsafe values.deallocate() }

  /// Makes room for `wanted` values; what they were is gone.
  func reserve(_ wanted: Int) {
    guard wanted > capacity else { return }
    unsafe values.deallocate()
    unsafe values = .allocate(capacity: wanted)
    capacity = wanted
  }
}
