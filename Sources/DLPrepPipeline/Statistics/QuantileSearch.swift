/// A quantile that is asked for.
package struct QuantileRequest: Sendable, Hashable {
  /// From 0, the smallest value, to 1, the largest.
  package var probability: Double
  /// What is answered between two values.
  package var interpolation: Interpolation

  /// Asks for one quantile.
  package init(_ probability: Double, _ interpolation: Interpolation = .linear) {
    self.probability = probability
    self.interpolation = interpolation
  }
}

/// Finds any number of quantiles of one column exactly, in a few sweeps and bounded memory.
///
/// A radix search on the values' order-preserving keys. The first sweep counts by 16 bits; the
/// keys that can still be an answer are then gathered, or, where they are more than `room`,
/// counted by further bits first. Two sweeps are the rule, five the most that 64 bits can need.
///
///     while let sweep = search.nextSweep {          // hand copies to as many threads as you like
///       var part = sweep; part.observe(values, missing: words); …merge parts…
///       search.take(part)
///     }
///     search.answers
package struct QuantileSearch: Sendable {
  private enum State {
    case sweeping(QuantilePlan)
    case done([Double])
  }

  /// A rank that isn't answered yet: under which prefix, and how many keys are below that.
  private struct Open {
    let rank: Int
    var prefix: UInt64
    var below: Int
    var candidates: Int
  }

  private let requests: [QuantileRequest]
  private let measured: Measured
  private let room: Int
  private var state: State
  private var open: [Open] = []
  private var found: [Int: UInt64] = [:]
  /// How many values were not missing, once the first sweep is over.
  private(set) package var count = 0

  /// Starts a search that holds at most about `room` keys in memory.
  package init(
    _ requests: [QuantileRequest], of measured: Measured = .values, room: Int = 1 << 20
  ) {
    self.requests = requests
    self.measured = measured
    self.room = room
    state = .sweeping(QuantilePlan(measured, few: room / 8))
  }

  /// An empty collector for the next sweep; `nil` when everything is answered.
  package var nextSweep: QuantileSweep? {
    if case .sweeping(let plan) = state { QuantileSweep(plan) } else { nil }
  }

  /// The quantiles in the order they were asked for, NaN where no value was; `nil` before the end.
  package var answers: [Double]? {
    if case .done(let answers) = state { answers } else { nil }
  }

  /// Goes on with what a whole sweep collected.
  package mutating func take(_ sweep: consuming QuantileSweep) {
    switch sweep.plan.kind {
    case .first: takeFirst(sweep)
    case .refine(let digits): takeRefined(sweep, digits: digits)
    case .gather: takeGathered(sweep.keys)
    }
  }

  private mutating func takeFirst(_ sweep: consuming QuantileSweep) {
    let total = sweep.counts.isEmpty ? sweep.keys.count : sweep.counts.reduce(0, +)
    count = total
    let ranks = Set(
      requests.flatMap { request in
        let place = request.interpolation.position(of: request.probability, count: total)
        return total == 0 ? [] : [place.lower, place.upper]
      }
    ).sorted()
    open = ranks.map { Open(rank: $0, prefix: 0, below: 0, candidates: total) }
    if sweep.counts.isEmpty { return takeGathered(sweep.keys) }
    let counts = sweep.counts
    descend(digits: 16) { _ in counts[...] }
    plan(bits: 16)
  }

  private mutating func takeRefined(_ sweep: consuming QuantileSweep, digits: Int) {
    let slots = Dictionary(
      uniqueKeysWithValues: zip(sweep.plan.prefixes, sweep.plan.prefixes.indices))
    let bits = sweep.plan.bits + digits
    let counts = sweep.counts
    var rest: [Open] = []
    for rank in open {
      guard let slot = slots[rank.prefix] else { continue }
      if sweep.least[slot] == sweep.most[slot] {
        found[rank.rank] = sweep.least[slot]
      } else {
        rest.append(rank)
      }
    }
    open = rest
    descend(digits: digits) { prefix in
      let start = (slots[prefix] ?? 0) << digits
      return counts[start..<start + 1 << digits]
    }
    plan(bits: bits)
  }

  /// Finds the next digits of every open rank in the counts under its prefix.
  private mutating func descend(digits: Int, counts: (UInt64) -> ArraySlice<Int>) {
    var last: UInt64?
    var digit = 0
    var below = 0
    // Ranks ascend, so those under the same prefix go on where the one before stopped.
    for index in open.indices {
      let prefix = open[index].prefix
      let counts = counts(prefix)
      if prefix != last {
        last = prefix
        digit = 0
        below = open[index].below
      }
      while below + counts[counts.startIndex + digit] <= open[index].rank {
        below += counts[counts.startIndex + digit]
        digit += 1
      }
      open[index].prefix = prefix << UInt64(digits) | UInt64(digit)
      open[index].below = below
      open[index].candidates = counts[counts.startIndex + digit]
    }
  }

  /// Decides what the next sweep does.
  private mutating func plan(bits: Int) {
    if bits == 64 {
      for rank in open { found[rank.rank] = rank.prefix }
      open = []
    }
    var prefixes: [UInt64] = []
    var candidates = 0
    for rank in open where rank.prefix != prefixes.last {
      prefixes.append(rank.prefix)
      candidates += rank.candidates
    }
    if open.isEmpty { return finish() }
    // Many keys under few prefixes are mostly equal: counting once more is quicker than copying.
    let crowded = prefixes.count <= 16 && candidates > max(count / 4, 1 << 16)
    if candidates <= room, !crowded {
      state = .sweeping(QuantilePlan(measured, kind: .gather, bits: bits, prefixes: prefixes))
    } else {
      // All counters together stay within some megabytes, however many ranks are open.
      let budget = max(2, (1 << 20) / prefixes.count)
      let digits = min(16, 64 - bits, budget.bitWidth - budget.leadingZeroBitCount - 1)
      state = .sweeping(
        QuantilePlan(measured, kind: .refine(digits: digits), bits: bits, prefixes: prefixes))
    }
  }

  /// Answers the open ranks from the keys under their prefixes.
  private mutating func takeGathered(_ keys: consuming [UInt64]) {
    var keys = keys
    var relative: [Int] = []
    var before = 0
    var last: Open?
    for rank in open {
      if let last, last.prefix != rank.prefix { before += last.candidates }
      relative.append(before + rank.rank - rank.below)
      last = rank
    }
    let selected = RadixSelection.select(&keys, ranks: relative)
    for (rank, key) in zip(open, selected) { found[rank.rank] = key }
    open = []
    finish()
  }

  private mutating func finish() {
    func value(_ rank: Int) -> Double {
      SortKey.double(found[rank] ?? 0)
    }
    let total = count
    let answers = requests.map { request in
      guard total > 0 else { return Double.nan }
      let place = request.interpolation.position(of: request.probability, count: total)
      return request.interpolation.blend(
        value(place.lower), value(place.upper), weight: place.weight)
    }
    found = [:]
    state = .done(answers)
  }
}

/// Quantiles of a column that can be read again and again: `forEachChunk` gives all its values.
package func quantiles<Failure: Error>(
  _ requests: [QuantileRequest], of measured: Measured = .values, room: Int = 1 << 20,
  forEachChunk: ((Span<Double>, Span<UInt64>?) -> Void) throws(Failure) -> Void
) throws(Failure) -> [Double] {
  var search = QuantileSearch(requests, of: measured, room: room)
  while var sweep = search.nextSweep {
    try forEachChunk { values, missing in sweep.observe(values, missing: missing) }
    search.take(sweep)
  }
  return search.answers ?? []
}
