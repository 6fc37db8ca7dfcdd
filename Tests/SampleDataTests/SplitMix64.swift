/// The random numbers behind the sample tables: integers only, so that every machine draws the same.
///
/// Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014). Neither the
/// standard library's generators nor `log` and `exp` promise the same bits everywhere.
struct SplitMix64 {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// A whole number from 0 up to, not including, `limit`.
  mutating func below(_ limit: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(limit)).high)
  }

  mutating func from(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + below(range.count)
  }

  /// True in `perMille` of 1000 draws.
  mutating func chance(_ perMille: Int) -> Bool { below(1000) < perMille }

  /// A bell-shaped whole number: twelve uniform draws, whose sum has a standard deviation of one.
  mutating func bell(_ center: Int, _ spread: Int) -> Int {
    let sum = (0..<12).reduce(0) { total, _ in total + below(10_001) }
    return center + (sum - 60_000) * spread / 10_000
  }

  /// One of the values, by weight.
  mutating func pick<Value>(_ weighted: [(value: Value, weight: Int)]) -> Value {
    var left = below(weighted.reduce(0) { $0 + $1.weight })
    for (value, weight) in weighted.dropLast() {
      if left < weight { return value }
      left -= weight
    }
    return weighted[weighted.count - 1].value
  }
}
