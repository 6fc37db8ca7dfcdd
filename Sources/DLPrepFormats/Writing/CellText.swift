/// The cells of one column as text, for some rows: all bytes, and where each cell ends.
@safe struct CellText: ~Copyable {
  var text: RawText
  /// The end of cell i stands at i + 1; the first entry is 0.
  private(set) var ends: UnsafeMutablePointer<Int>
  private(set) var count = 0
  private let capacity: Int

  /// Room for `rows` cells; little for a start, as a table may have thousands of columns.
  init(rows: Int, bytes: Int = 1 << 9) {
    text = RawText(capacity: bytes)
    capacity = rows
    unsafe ends = .allocate(capacity: rows + 1)
    unsafe ends[0] = 0
  }

  deinit { unsafe ends.deallocate() }

  /// Forgets all cells.
  mutating func removeAll() {
    text.removeAll()
    count = 0
  }

  /// Ends a cell; no more than there is room for.
  @inline(__always) mutating func end() {
    precondition(count < capacity, "a tile of text is full")
    count &+= 1
    unsafe ends[count] = text.count
  }
}
