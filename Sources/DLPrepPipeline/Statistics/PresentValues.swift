/// Calls `body` with every value that isn't missing, in order.
///
/// Missing is bit `i & 63` of word `i >> 6`; `nil` means that no value is missing. Whole words
/// are looked at first, so that columns with few gaps pay nothing for them per value.
@inline(__always)
func forEachPresent<Element: BitwiseCopyable>(
  in values: Span<Element>, missing: Span<UInt64>?, _ body: (Element) -> Void
) {
  guard let missing else {
    for index in 0..<values.count { body(unsafe values[unchecked: index]) }
    return
  }
  var start = 0
  var word = 0
  while start < values.count {
    let count = min(64, values.count - start)
    let gaps = missing[word]
    if gaps == 0 {
      for index in start..<start + count { body(unsafe values[unchecked: index]) }
    } else {
      var present = ~gaps & (UInt64.max >> UInt64(64 - count))
      while present != 0 {
        body(unsafe values[unchecked: start + present.trailingZeroBitCount])
        present &= present &- 1
      }
    }
    start += 64
    word += 1
  }
}

/// Cuts a column into pieces of at most `size` values, a multiple of 64, and calls `body` with each.
@inline(__always)
func forEachPiece<Element: BitwiseCopyable>(
  of values: Span<Element>, missing: Span<UInt64>?, size: Int,
  _ body: (Span<Element>, Span<UInt64>?) -> Void
) {
  if values.count <= size { return body(values, missing) }
  var start = 0
  while start < values.count {
    let end = min(start + size, values.count)
    let words = missing?.extracting(start >> 6..<(end + 63) >> 6)
    body(values.extracting(start..<end), words)
    start = end
  }
}
