/// What one sweep of a quantile search has to collect; the same for every part of the rows.
struct QuantilePlan: Sendable {
  enum Kind: Sendable, Equatable {
    /// Count by the first 16 bits; few keys are kept as they are.
    case first
    /// Count the keys under each prefix by the next `digits` bits.
    case refine(digits: Int)
    /// Keep the keys under the prefixes.
    case gather
  }

  let measured: Measured
  let kind: Kind
  /// Up to this many keys the first sweep keeps them, so that a short column needs only one.
  let few: Int
  /// How long the prefixes are, at least 16 bits but in the first sweep.
  let bits: Int
  /// The prefixes that hold an open rank, ascending.
  let prefixes: [UInt64]
  /// Where the prefixes that start with given 16 bits are: from one entry to the next.
  private let starts: [Int32]

  init(
    _ measured: Measured, kind: Kind = .first, bits: Int = 0, prefixes: [UInt64] = [],
    few: Int = 0
  ) {
    self.few = few
    self.measured = measured
    self.kind = kind
    self.bits = bits
    self.prefixes = prefixes
    guard kind != .first else {
      starts = []
      return
    }
    var starts = [Int32](repeating: 0, count: 65537)
    for prefix in prefixes { starts[Int(prefix >> UInt64(bits - 16)) + 1] += 1 }
    for top in 1..<starts.count { starts[top] += starts[top - 1] }
    self.starts = starts
  }

  /// Calls `body` with a function that finds the prefix that a key starts with, or -1.
  @inline(__always)
  func withSlots(_ body: ((UInt64) -> Int) -> Void) {
    let starts = starts.span
    let prefixes = prefixes.span
    let shift = UInt64(64 - bits)
    let exact = bits == 16
    body { key in
      let top = Int(truncatingIfNeeded: key >> 48)
      var low = Int(unsafe starts[unchecked: top])
      var high = Int(unsafe starts[unchecked: top + 1])
      if low == high { return -1 }
      if exact { return low }
      let prefix = key >> shift
      while low < high {
        let middle = (low + high) / 2
        if prefixes[middle] < prefix { low = middle + 1 } else { high = middle }
      }
      return low < prefixes.count && prefixes[low] == prefix ? low : -1
    }
  }
}
