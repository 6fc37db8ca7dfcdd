/// What one sweep over (a part of) a column adds to a quantile search; parts merge in any order.
package struct QuantileSweep: Sendable {
  let plan: QuantilePlan
  /// By the first 16 bits, or by prefix and digit.
  private(set) var counts: [Int] = []
  /// The keys themselves, in no particular order.
  var keys: [UInt64] = []
  /// The smallest and largest key under each prefix: where they are equal the search is over.
  private(set) var least: [UInt64] = []
  private(set) var most: [UInt64] = []

  init(_ plan: QuantilePlan) {
    self.plan = plan
    if case .refine(let digits) = plan.kind {
      counts = Array(repeating: 0, count: plan.prefixes.count << digits)
      least = Array(repeating: .max, count: plan.prefixes.count)
      most = Array(repeating: .min, count: plan.prefixes.count)
    }
  }

  /// Takes in the values that aren't missing: bit `i & 63` of word `i >> 6` set is missing.
  package mutating func observe(_ values: Span<Double>, missing: Span<UInt64>? = nil) {
    switch plan.measured {
    case .values: observe(values, missing) { SortKey.of($0) }
    case .deviation(let center): observe(values, missing) { SortKey.of(($0 - center).magnitude) }
    }
  }

  /// Takes in the integers that aren't missing, as doubles: that keeps their order.
  package mutating func observe(_ values: Span<Int64>, missing: Span<UInt64>? = nil) {
    switch plan.measured {
    case .values: observe(values, missing) { SortKey.of(Double($0)) }
    case .deviation(let center):
      observe(values, missing) { SortKey.of((Double($0) - center).magnitude) }
    }
  }

  /// Adds what was collected from another part of the rows for the same sweep.
  package mutating func merge(_ other: QuantileSweep) {
    keys += other.keys
    if counts.isEmpty {
      counts = other.counts
      least = other.least
      most = other.most
    } else if !other.counts.isEmpty {
      for index in counts.indices { counts[index] += other.counts[index] }
      for slot in least.indices {
        least[slot] = min(least[slot], other.least[slot])
        most[slot] = max(most[slot], other.most[slot])
      }
    }
    if plan.kind == .first, !counts.isEmpty || keys.count > plan.few { countKeys() }
  }

  @inline(__always)
  private mutating func observe<Element: BitwiseCopyable>(
    _ values: Span<Element>, _ missing: Span<UInt64>?, key: (Element) -> UInt64
  ) {
    switch plan.kind {
    case .first:
      if counts.isEmpty, keys.count + values.count <= plan.few {
        if keys.isEmpty { keys.reserveCapacity(values.count) }
        return gather(values, missing, key: key) { _ in 1 }
      }
      if counts.isEmpty || !keys.isEmpty { countKeys() }
      var counts = counts.mutableSpan
      forEachPresent(in: values, missing: missing) { value in
        unsafe counts[unchecked: Int(truncatingIfNeeded: key(value) >> 48)] &+= 1
      }
    case .refine(let digits):
      refine(values, missing, digits: digits, key: key)
    case .gather:
      let plan = plan
      plan.withSlots { slot in
        gather(values, missing, key: key) { slot($0) < 0 ? 0 : 1 }
      }
    }
  }

  /// Appends the keys that `wanted` answers 1 for, without a branch per value.
  @inline(__always)
  private mutating func gather<Element: BitwiseCopyable>(
    _ values: Span<Element>, _ missing: Span<UInt64>?, key: (Element) -> UInt64,
    wanted: (UInt64) -> Int
  ) {
    let size = 4096
    unsafe withUnsafeTemporaryAllocation(of: UInt64.self, capacity: size) { buffer in
      forEachPiece(of: values, missing: missing, size: size) { values, missing in
        var found = 0
        forEachPresent(in: values, missing: missing) { value in
          let key = key(value)
          unsafe buffer[found] = key
          found &+= wanted(key)
        }
        unsafe keys.append(contentsOf: UnsafeMutableBufferPointer(rebasing: buffer[..<found]))
      }
    }
  }

  @inline(__always)
  private mutating func refine<Element: BitwiseCopyable>(
    _ values: Span<Element>, _ missing: Span<UInt64>?, digits: Int, key: (Element) -> UInt64
  ) {
    let shift = UInt64(64 - plan.bits - digits)
    let mask = 1 << digits - 1
    // Moved out and back, as a struct lends only one of its arrays at a time.
    var (counts, least, most) = (self.counts, self.least, self.most)
    (self.counts, self.least, self.most) = ([], [], [])
    plan.withSlots { find in
      forEachPresent(in: values, missing: missing) { value in
        let key = key(value)
        let slot = find(key)
        if slot >= 0 {
          counts[slot << digits | Int(truncatingIfNeeded: key >> shift) & mask] &+= 1
          least[slot] = min(least[slot], key)
          most[slot] = max(most[slot], key)
        }
      }
    }
    (self.counts, self.least, self.most) = (counts, least, most)
  }

  /// Turns kept keys of the first sweep into counts.
  private mutating func countKeys() {
    if counts.isEmpty { counts = Array(repeating: 0, count: 65536) }
    for key in keys { counts[Int(truncatingIfNeeded: key >> 48)] += 1 }
    keys = []
  }
}
