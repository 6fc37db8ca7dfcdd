/// Text under construction, in memory that is used again and again.
///
/// A struct that loops hold as a local: in a class, every byte would pay for a check of exclusive
/// access.
@safe struct RawText: ~Copyable {
  private(set) var bytes: UnsafeMutablePointer<UInt8>
  /// How many bytes there are.
  private(set) var count = 0
  private var capacity: Int
  /// Bytes beyond the capacity that may be read and written, and mean nothing.
  static var margin: Int { 16 }

  init(capacity: Int = 1 << 12) {
    self.capacity = capacity
    unsafe bytes = .allocate(capacity: capacity + Self.margin)
  }

  deinit { unsafe bytes.deallocate() }

  /// The text so far.
  var buffer: UnsafeBufferPointer<UInt8> {
    unsafe UnsafeBufferPointer(start: bytes, count: count)
  }

  /// Forgets the text, keeping the memory.
  mutating func removeAll() { count = 0 }

  /// Makes room for `more` bytes.
  @inline(__always) mutating func reserve(_ more: Int) {
    if count &+ more > capacity { grow(more) }
  }

  private mutating func grow(_ more: Int) {
    let wanted = max(capacity * 2, count + more)
    let larger = UnsafeMutablePointer<UInt8>.allocate(capacity: wanted + Self.margin)
    unsafe larger.update(from: bytes, count: count)
    unsafe bytes.deallocate()
    unsafe bytes = larger
    capacity = wanted
  }

  /// Adds a byte.
  @inline(__always) mutating func append(_ byte: UInt8) {
    reserve(1)
    unsafe bytes[count] = byte
    count &+= 1
  }

  /// Adds bytes.
  @inline(__always) mutating func append(_ from: UnsafePointer<UInt8>, _ more: Int) {
    reserve(more)
    unsafe (bytes + count).update(from: from, count: more)
    count &+= more
  }

  /// Adds bytes that stand in a text of this kind, with its margin behind them.
  ///
  /// Cells are short: two words are copied quicker than their length is looked at.
  @inline(__always) mutating func append(within from: UnsafePointer<UInt8>, _ more: Int) {
    guard more <= Self.margin else { return unsafe append(from, more) }
    reserve(more)
    let source = unsafe UnsafeRawPointer(from)
    let target = unsafe UnsafeMutableRawPointer(bytes + count)
    unsafe target.storeBytes(of: source.loadUnaligned(as: UInt64.self), as: UInt64.self)
    unsafe target.storeBytes(
      of: source.loadUnaligned(fromByteOffset: 8, as: UInt64.self), toByteOffset: 8,
      as: UInt64.self)
    count &+= more
  }

  /// Adds bytes.
  @inline(__always) mutating func append(_ other: UnsafeBufferPointer<UInt8>) {
    guard let base = other.baseAddress else { return }
    unsafe append(base, other.count)
  }

  /// Adds the bytes of an array.
  mutating func append(_ other: [UInt8]) {
    unsafe other.withUnsafeBufferPointer { unsafe append($0) }
  }

  /// Adds the UTF-8 of a string.
  mutating func append(_ other: String) { append(Array(other.utf8)) }

  /// Takes in bytes that were written behind the text, where room was made for them.
  @inline(__always) mutating func commit(_ more: Int) { count &+= more }

  /// Replaces a byte that is there.
  @inline(__always) mutating func replace(at index: Int, with byte: UInt8) {
    unsafe bytes[index] = byte
  }
}
