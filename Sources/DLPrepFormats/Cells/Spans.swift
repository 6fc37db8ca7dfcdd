/// A start and an end for each cell of a block, row after row.
@safe final class Spans {
  private(set) var values: UnsafeMutablePointer<UInt32>
  private(set) var count = 0
  private var capacity: Int

  init() {
    capacity = 256
    unsafe values = .allocate(capacity: capacity)
  }

  deinit { unsafe values.deallocate() }

  /// Forgets all cells.
  func removeAll() { count = 0 }

  /// Adds a cell.
  func append(_ start: Int, _ end: Int) {
    if count + 2 > capacity { grow(to: capacity * 2) }
    unsafe values[count] = UInt32(truncatingIfNeeded: start)
    unsafe values[count + 1] = UInt32(truncatingIfNeeded: end)
    count += 2
  }

  /// Adds a cell that isn't there: its start lies beyond its end.
  func appendMissing(at place: Int = 0) { append(place + 1, place) }

  /// Changes a cell.
  func set(_ cell: Int, _ start: Int, _ end: Int) {
    unsafe values[cell * 2] = UInt32(truncatingIfNeeded: start)
    unsafe values[cell * 2 + 1] = UInt32(truncatingIfNeeded: end)
  }

  private func grow(to wanted: Int) {
    let larger = UnsafeMutablePointer<UInt32>.allocate(capacity: wanted)
    unsafe larger.update(from: values, count: count)
    unsafe values.deallocate()
    unsafe values = larger
    capacity = wanted
  }

  /// The cells of one column of `width`, in `rows` rows.
  func column(
    _ index: Int, of width: Int, rows: Int, in bytes: UnsafePointer<UInt8>, quote: UInt8 = 0,
    escape: UInt8 = 0
  ) -> CellColumn {
    let base = unsafe UnsafePointer(values) + index * 2
    return unsafe CellColumn(
      bytes: bytes, starts: base, startStep: width * 2, startSkip: 0, ends: base + 1,
      endStep: width * 2, rows: rows, trimsCR: false, quote: quote, escape: escape)
  }
}
