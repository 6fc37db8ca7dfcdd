import DLPrepData

/// Cells of a category that are looked up together.
@safe struct CellBatch: ~Copyable {
  private let cells: UnsafeMutableBufferPointer<UnsafeBufferPointer<UInt8>>
  private let rows: UnsafeMutableBufferPointer<Int>
  private let codes: UnsafeMutableBufferPointer<Int32>
  private var count = 0

  /// How many at a time: as many as `Levels` takes.
  private static var limit: Int { 256 }

  init() {
    unsafe cells = .allocate(capacity: Self.limit)
    unsafe rows = .allocate(capacity: Self.limit)
    unsafe codes = .allocate(capacity: Self.limit)
  }

  deinit {
    unsafe cells.deallocate()
    unsafe rows.deallocate()
    unsafe codes.deallocate()
  }

  /// Adds a row's cell, whose bytes stay until the next `flush`.
  @inline(__always) mutating func add(
    _ row: Int, _ cell: UnsafeBufferPointer<UInt8>, _ levels: Levels,
    _ out: UnsafeMutableBufferPointer<Int32>
  ) {
    unsafe cells[count] = unsafe cell
    unsafe rows[count] = row
    count &+= 1
    if count == Self.limit { unsafe flush(levels, out) }
  }

  /// Looks up what has been added.
  mutating func flush(_ levels: Levels, _ out: UnsafeMutableBufferPointer<Int32>) {
    guard count > 0, let base = unsafe codes.baseAddress else { return }
    unsafe levels.intern(UnsafeBufferPointer(rebasing: cells[..<count]), into: base)
    for i in 0..<count { unsafe out[rows[i]] = codes[i] }
    count = 0
  }
}
