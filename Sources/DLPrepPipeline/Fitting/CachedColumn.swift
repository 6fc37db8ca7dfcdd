import DLPrepBytes
import DLPrepData

/// A part of a training column, in memory or on disk; one worker at a time may hold it.
final class CachedColumn: @unchecked Sendable {
  /// The values, while they are in memory.
  private(set) var resident: Column?
  /// How many bytes the cache counts for it.
  var accounted = 0
  private var stored: Stored?

  /// Where and how the values lie on disk.
  private struct Stored {
    var offset: Int
    var storage: Column.Storage
    var count: Int
    /// The bytes of text, or the entries of a sparse vector.
    var size: Int
    var isWhole: Bool
    var levels: Levels?
  }

  init(_ column: Column) { resident = column }

  /// Puts other values in its place.
  func replace(by column: Column) {
    resident = column
    stored = nil
  }

  /// Forgets the values.
  func forget() {
    resident = nil
    stored = nil
  }

  /// Writes the values to the spool and frees their memory.
  func store(in spool: Spool) throws(PrepError) {
    guard let column = resident else { return }
    let rows = column.count
    var bytes: [UInt8] = []
    bytes.reserveCapacity(column.byteCount)
    pack(column.missing.words, column.missing.words.count, into: &bytes)
    switch column.storage {
    case .floats: pack(column.floats, rows, into: &bytes)
    case .integers: pack(column.integers, rows, into: &bytes)
    case .flags: pack(column.flags, rows, into: &bytes)
    case .codes: pack(column.codes, rows, into: &bytes)
    case .text:
      pack(column.text.ends, rows, into: &bytes)
      bytes += column.text.bytes
    case .sparse:
      pack(column.sparse.ends, rows, into: &bytes)
      pack(column.sparse.components, column.sparse.components.count, into: &bytes)
      pack(column.sparse.values, column.sparse.values.count, into: &bytes)
    }
    // One append, so that the parts of two workers don't mix.
    let result = unsafe bytes.withUnsafeBytes { bytes in
      Result { () throws(PrepError) in try unsafe spool.append(bytes) }
    }
    stored = Stored(
      offset: try result.get(), storage: column.storage, count: rows,
      size: column.storage == .sparse ? column.sparse.values.count : column.text.bytes.count,
      isWhole: column.sparse.isWhole, levels: column.levels)
    resident = nil
  }

  /// Reads the values back.
  func load(from spool: Spool) throws(PrepError) -> Column {
    guard let stored else {
      throw PrepError(.internal, "expected a cached column, found none")
    }
    let column = Column()
    column.prepare(stored.storage, count: stored.count)
    column.levels = stored.levels
    var at = stored.offset
    try read(&column.missing.words, column.missing.words.count, spool, &at)
    switch stored.storage {
    case .floats: try read(&column.floats, stored.count, spool, &at)
    case .integers: try read(&column.integers, stored.count, spool, &at)
    case .flags: try read(&column.flags, stored.count, spool, &at)
    case .codes: try read(&column.codes, stored.count, spool, &at)
    case .text:
      column.text.ends = Array(repeating: 0, count: stored.count)
      column.text.bytes = Array(repeating: 0, count: stored.size)
      try read(&column.text.ends, stored.count, spool, &at)
      try read(&column.text.bytes, stored.size, spool, &at)
    case .sparse:
      var ends = Array(repeating: 0, count: stored.count)
      var components = Array(repeating: Int32(0), count: stored.size)
      var values = Array(repeating: 0.0, count: stored.size)
      try read(&ends, stored.count, spool, &at)
      try read(&components, stored.size, spool, &at)
      try read(&values, stored.size, spool, &at)
      column.sparse = SparseRows(
        ends: ends, components: components, values: values, isWhole: stored.isWhole)
    }
    resident = column
    self.stored = nil
    return column
  }

  private func pack<T: BitwiseCopyable>(_ values: [T], _ count: Int, into bytes: inout [UInt8]) {
    unsafe values.withUnsafeBytes {
      unsafe bytes.append(contentsOf: $0[..<(count * MemoryLayout<T>.stride)])
    }
  }

  private func read<T: BitwiseCopyable>(
    _ values: inout [T], _ count: Int, _ spool: Spool, _ at: inout Int
  ) throws(PrepError) {
    let size = count * MemoryLayout<T>.stride
    let offset = at
    let result = unsafe values.withUnsafeMutableBytes { bytes -> Result<Int, PrepError> in
      let part = unsafe UnsafeMutableRawBufferPointer(rebasing: bytes[..<size])
      return Result { () throws(PrepError) in try unsafe spool.read(into: part, at: offset) }
    }
    guard try result.get() == size else {
      throw PrepError(.internal, "expected \(size) spooled bytes, found fewer")
    }
    at += size
  }
}
