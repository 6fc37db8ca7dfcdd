/// The generator SplitMix64: the reference values were computed in Python from the same numbers.
struct Mix {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return bits ^ (bits >> 31)
  }

  /// A number in [0, 1).
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }

  /// A number below `limit`.
  mutating func below(_ limit: Int) -> Int { Int(next() % UInt64(limit)) }

  /// Any double but infinities and NaN.
  mutating func finite() -> Double {
    let bits = next()
    return Double(bitPattern: (bits >> 52) & 0x7ff == 0x7ff ? bits ^ 1 << 62 : bits)
  }
}

/// Numbers that are hard to sum.
enum Sample: String, CaseIterable {
  case anything, moderate, farFromZero, huge, tiny, subnormal, constant, prices
  case pair, largest, overflow, tieDown, tieUp, aboveTie, single, cancelled

  /// The values; the random ones come from one generator, one sample after the other.
  var values: [Double] { Self.all[self] ?? [] }

  private static let all: [Sample: [Double]] = {
    var mix = Mix(1)
    func thousand(_ value: (inout Mix) -> Double) -> [Double] {
      (0..<1000).map { _ in value(&mix) }
    }
    let largest = Double.greatestFiniteMagnitude
    var all: [Sample: [Double]] = [:]
    all[.anything] = thousand { $0.finite() }
    all[.moderate] = thousand { mix in
      let mantissa = mix.next() & 0x800f_ffff_ffff_ffff
      return Double(bitPattern: mantissa | (1023 - 40 + mix.next() % 80) << 52)
    }
    all[.farFromZero] = thousand { 1e9 + $0.unit() }
    all[.huge] = thousand { 1e200 * ($0.unit() - 0.5) }
    all[.tiny] = thousand { 1e-170 * ($0.unit() - 0.5) }
    all[.subnormal] = thousand { Double(bitPattern: $0.next() & 0x800f_ffff_ffff_ffff) }
    all[.constant] = Array(repeating: 0.1, count: 1000)
    all[.prices] = thousand { ($0.unit() * 1e5).rounded(.down) / 100 }
    all[.pair] = [1, 1 + 0x1p-52]
    all[.largest] = [largest, largest, largest, -largest, -largest]
    all[.overflow] = [largest, largest]
    all[.tieDown] = [1, 0x1p-53]
    all[.tieUp] = [1 + 0x1p-52, 0x1p-53]
    all[.aboveTie] = [1, 0x1p-53, .leastNonzeroMagnitude]
    all[.single] = [-3.25]
    all[.cancelled] = [1e308, 1, -1e308, -1]
    return all
  }()
}

/// A part of a column: values with their bitmap of missing ones.
struct Chunk {
  var values: [Double]
  var missing: [UInt64]?

  /// Cuts values at random places, with missing values of any bits strewn in.
  static func cut(_ values: [Double], _ mix: inout Mix, longest: Int) -> [Chunk] {
    var chunks: [Chunk] = []
    var start = 0
    while start < values.count {
      let end = min(values.count, start + 1 + mix.below(longest))
      var chunk = Chunk(values: Array(values[start..<end]), missing: nil)
      if mix.below(2) == 0 {
        var present = chunk.values[...]
        var all: [Double] = []
        var missing: [Bool] = []
        while let value = present.first {
          let isMissing = mix.below(7) == 0
          all.append(isMissing ? Double(bitPattern: mix.next()) : value)
          missing.append(isMissing)
          if !isMissing { present.removeFirst() }
        }
        var words = [UInt64](repeating: 0, count: (all.count + 63) / 64)
        for (index, isMissing) in missing.enumerated() where isMissing {
          words[index >> 6] |= 1 << UInt64(index & 63)
        }
        chunk = Chunk(values: all, missing: words)
      }
      chunks.append(chunk)
      start = end
    }
    return chunks
  }
}

/// Merges states in a random order and grouping.
func merged<State>(
  _ states: [State], _ mix: inout Mix, _ merge: (inout State, State) -> Void
)
  -> State?
{
  var states = states
  while states.count > 1 {
    let other = states.remove(at: mix.below(states.count))
    merge(&states[mix.below(states.count)], other)
  }
  return states.first
}
