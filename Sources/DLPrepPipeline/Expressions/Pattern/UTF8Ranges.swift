/// The UTF-8 of ranges of scalars, as sequences of byte ranges (after Thompson's `runetochar` and
/// RE2): a string is in the range exactly if it matches one of the sequences.
enum UTF8Ranges {
  /// Where the number of bytes changes, and the surrogates, which UTF-8 can't hold.
  private static let segments: [ClosedRange<UInt32>] = [
    0...0x7F, 0x80...0x7FF, 0x800...0xD7FF, 0xE000...0xFFFF, 0x1_0000...0x10_FFFF,
  ]

  static func sequences(of set: ScalarSet) -> [[ClosedRange<UInt8>]] {
    var out: [[ClosedRange<UInt8>]] = []
    for range in set.ranges {
      for segment in segments where range.overlaps(segment) {
        let part = range.clamped(to: segment)
        split(part.lowerBound, part.upperBound, into: &out)
      }
    }
    return out
  }

  /// Cuts a range of equally long scalars where a trailing byte wraps.
  private static func split(
    _ low: UInt32, _ high: UInt32, into out: inout [[ClosedRange<UInt8>]]
  ) {
    let count = encoded(low).count
    for i in 1..<max(count, 1) {
      let mask: UInt32 = (1 << UInt32(6 * i)) - 1
      guard low & ~mask != high & ~mask else { continue }
      if low & mask != 0 {
        split(low, low | mask, into: &out)
        split((low | mask) + 1, high, into: &out)
        return
      }
      if high & mask != mask {
        split(low, (high & ~mask) - 1, into: &out)
        split(high & ~mask, high, into: &out)
        return
      }
    }
    out.append(zip(encoded(low), encoded(high)).map { $0...$1 })
  }

  private static func encoded(_ value: UInt32) -> [UInt8] {
    func trail(_ shift: UInt32) -> UInt8 { UInt8(0x80 | value >> shift & 0x3F) }
    if value < 0x80 { return [UInt8(value)] }
    if value < 0x800 { return [UInt8(0xC0 | value >> 6), trail(0)] }
    if value < 0x1_0000 { return [UInt8(0xE0 | value >> 12), trail(6), trail(0)] }
    return [UInt8(0xF0 | value >> 18), trail(12), trail(6), trail(0)]
  }
}
