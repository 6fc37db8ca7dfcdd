import CDLPrepScan

/// Where the cells of one column stand in a buffer of records.
///
/// Readers lay cells out in one of two ways: the ends of all fields, one after the other (a cell
/// starts after the end of the field before it), or a start and an end for each cell. Both are the
/// same loop with other steps. A start beyond the end is a cell that isn't there: missing.
@safe struct CellColumn {
  /// The buffer.
  let bytes: UnsafePointer<UInt8>
  let starts: UnsafePointer<UInt32>
  let startStep: Int
  /// Added to every start: 1 where it is the end of the field before.
  let startSkip: UInt32
  let ends: UnsafePointer<UInt32>
  let endStep: Int
  let rows: Int
  /// Whether a CR right before the LF that ends a cell is no part of it.
  let trimsCR: Bool
  /// What quoted cells start with; 0 where none is quoted.
  let quote: UInt8
  /// What takes a quote's meaning away; 0: only a second quote.
  let escape: UInt8
  /// Whether white space around a cell that isn't quoted is no part of it.
  var trimsSpace = false

  /// Whether the cells of a column lie so far apart that each is in memory of its own.
  var areFar: Bool { endStep >= 128 }

  /// Asks for what the next rows will look at: first where a cell is, a little later its bytes.
  ///
  /// Only rows below `end` are looked at.
  @inline(__always) func prefetch(after row: Int, end: Int) {
    unsafe dlp_prefetch(ends + min(row &+ 48, end &- 1) &* endStep)
    unsafe dlp_prefetch(bytes + Int(starts[min(row &+ 24, end &- 1) &* startStep]))
  }

  /// Where a cell starts, and how many bytes it has; negative: it isn't there.
  @inline(__always) func span(_ row: Int) -> (start: Int, count: Int) {
    let start = unsafe Int(starts[row &* startStep] &+ startSkip)
    var end = unsafe Int(ends[row &* endStep])
    if trimsCR, end > start, unsafe bytes[end &- 1] == 13, unsafe bytes[end] == 10 { end &-= 1 }
    if trimsSpace { return trimmed(start, end) }
    return (start, end &- start)
  }

  private func trimmed(_ start: Int, _ end: Int) -> (start: Int, count: Int) {
    let (from, to) = unsafe SpaceTrimming.trimmed(bytes, start, end)
    return (from, to &- from)
  }

  /// What a cell says: without its quotes, and `""` as one; nil where it isn't there.
  ///
  /// The bytes are good until the scratch is used again.
  func content(_ row: Int, _ scratch: Scratch) -> UnsafeBufferPointer<UInt8>? {
    let (start, count) = span(row)
    guard count >= 0 else { return nil }
    let cell = unsafe UnsafeBufferPointer(start: bytes + start, count: count)
    guard quote != 0, count >= 2, unsafe cell[0] == quote else { return unsafe cell }
    let inner = unsafe UnsafeBufferPointer(rebasing: cell[1..<count - 1])
    return unsafe scratch.unquoted(inner, quote: quote, escape: escape)
  }
}

/// Memory for one cell that can't be used where it stands.
@safe final class Scratch {
  private var memory = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 256)

  init() {}

  deinit { unsafe memory.deallocate() }

  /// Whether a cell's bytes stand here, to be gone when it is used again.
  func holds(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    unsafe cell.baseAddress == UnsafePointer(memory.baseAddress)
  }

  /// Memory for `count` bytes; what was there before is gone.
  func room(_ count: Int) -> UnsafeMutableBufferPointer<UInt8> {
    if unsafe count > memory.count {
      unsafe memory.deallocate()
      unsafe memory = .allocate(capacity: count * 2)
    }
    return unsafe memory
  }

  /// The inside of a quoted cell with every escape resolved.
  func unquoted(
    _ inner: UnsafeBufferPointer<UInt8>, quote: UInt8, escape: UInt8
  ) -> UnsafeBufferPointer<UInt8> {
    var at = 0
    while unsafe at < inner.count && inner[at] != quote && (escape == 0 || inner[at] != escape) {
      at += 1
    }
    if at == inner.count { return unsafe inner }
    let out = unsafe room(inner.count)
    for i in 0..<at { unsafe out[i] = inner[i] }
    var end = at
    while at < inner.count {
      let byte = unsafe inner[at]
      if byte == quote || (escape != 0 && byte == escape), at + 1 < inner.count { at += 1 }
      unsafe out[end] = inner[at]
      end += 1
      at += 1
    }
    return unsafe UnsafeBufferPointer(rebasing: out[..<end])
  }
}
