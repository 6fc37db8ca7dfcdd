package import DLPrepBytes
package import DLPrepData

/// Exact sums are saved as the words of their integers.
extension ExactMoments: Savable {
  /// Both integers.
  package var saved: JSON {
    .object([
      JSON.Member("count", count.saved), JSON.Member("finite", isFinite.saved),
      JSON.Member("squares", Self.trimmed(squares).saved),
      JSON.Member("sum", Self.trimmed(sum.integer).saved),
    ])
  }

  /// Reads both integers.
  package init(loading json: JSON) throws(PrepError) {
    self.init()
    count = try Int(loading: json["count"] ?? .null)
    let isFinite = try Bool(loading: json["finite"] ?? .null)
    let words = try [Int](loading: json["sum"] ?? .null)
    sum = ExactSum(
      integer: try Self.whole(words, count: ExactSum.wordCount), hasNonFinite: !isFinite)
    squares = try Self.whole(
      try [Int](loading: json["squares"] ?? .null), count: Self.wordCount)
    guard 0...1 << 53 ~= count else { throw unloadable("a number of values") }
  }

  /// How many words of zero come first, then the others, without the sign's repetition at the end.
  private static func trimmed(_ words: [UInt64]) -> [Int] {
    let zeros = words.prefix { $0 == 0 }.count
    if zeros == words.count { return [] }
    let sign: UInt64 = (words.last ?? 0) >> 63 == 0 ? 0 : .max
    var rest = words[zeros...]
    while rest.count > 1, rest.last == sign, (rest[rest.endIndex - 2] >> 63 == 1) == (sign != 0) {
      rest.removeLast()
    }
    return [zeros] + rest.map { Int(Int64(bitPattern: $0)) }
  }

  private static func whole(_ saved: [Int], count: Int) throws(PrepError) -> [UInt64] {
    guard let zeros = saved.first, let last = saved.last else {
      return [UInt64](repeating: 0, count: count)
    }
    guard saved.count > 1, zeros >= 0, zeros < count, saved.count - 1 <= count - zeros else {
      throw unloadable("the words of a sum")
    }
    let words =
      [UInt64](repeating: 0, count: zeros)
      + saved.dropFirst().map { UInt64(bitPattern: Int64($0)) }
    return words + [UInt64](repeating: last < 0 ? .max : 0, count: count - words.count)
  }
}
