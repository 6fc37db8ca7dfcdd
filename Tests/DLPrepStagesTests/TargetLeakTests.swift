import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

/// A table of random categories, some missing, with targets and folds.
private struct Noise {
  var categories: [String?]
  var numbers: [Double]
  var folds: [Int64?]

  init(_ seed: UInt64, rows: Int, levels: Int) {
    var random = Numbers(seed)
    categories = (0..<rows).map { _ in
      random.below(20) == 0 ? nil : "c\(random.below(levels))"
    }
    numbers = (0..<rows).map { _ in random.bell() }
    folds = (0..<rows).map { Int64($0 * 7 % 4) }
  }

  /// What a target is made of the numbers.
  enum Target: CaseIterable {
    case number, flag, classes

    func values(_ numbers: [Double]) -> Table.Values {
      switch self {
      case .number: .float(numbers)
      case .flag: .bool(numbers.map { $0 > 0.3 })
      case .classes: .category(numbers.map { $0 > 0.5 ? "x" : $0 > -0.5 ? "y" : "z" })
      }
    }
  }

  /// The encodings of the training rows: a list for each column that comes of it.
  func encoded(_ stage: any Stage, _ target: Target) async throws -> [[Double?]] {
    let table = try Table([
      "x": .category(categories), "fold": .integer(folds), "y": target.values(numbers),
    ])
    return try await supervised([stage]).fitApply(table).1.columns.compactMap { column in
      guard column.name.hasPrefix("x"), case .float(let values) = column.values else { return nil }
      return values
    }
  }
}

/// Numbers of SplitMix64, the same on every run.
private struct Numbers {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed }

  mutating func below(_ limit: Int) -> Int {
    state &+= 0x9e37_79b9_7f4a_7c15
    var bits = state
    bits = (bits ^ (bits >> 30)) &* 0xbf58_476d_1ce4_e5b9
    bits = (bits ^ (bits >> 27)) &* 0x94d0_49bb_1331_11eb
    return Int((bits ^ (bits >> 31)) % UInt64(limit))
  }

  /// The sum of six even ones, which is nearly normal.
  mutating func bell() -> Double {
    (0..<6).reduce(-3) { sum, _ in sum + Double(below(1 << 30)) / Double(1 << 30) }
  }
}

/// The encoders whose training rows are encoded by the rows outside of their fold.
private let outOfFold: [any Stage] = [
  TargetEncode(["x"]), TargetEncode(["x"]) { ($0.smooth, $0.folds) = (.rows(3), .number(2)) },
  TargetEncode(["x"]) { $0.folds = .column("fold") },
  TargetEncode(["x"]) { ($0.foldBy, $0.common.missing) = ("fold", .ignore) },
  JamesSteinEncode(["x"]), JamesSteinEncode(["x"]) { $0.model = .pooled },
  JamesSteinEncode(["x"]) { ($0.model, $0.folds) = (.beta, .column("fold")) },
]

@Test func aRowsTargetNeverMovesItsOwnEncodingOutOfFold() async throws {
  for seed in 1...3 as ClosedRange<UInt64> {
    let before = Noise(seed, rows: 60, levels: 7)
    for row in [0, 17, 42, 59] {
      var after = before
      after.numbers[row] = -before.numbers[row] * 3
      for target in Noise.Target.allCases {
        let weights: [any Stage] = target == .flag ? [WoeEncode(["x"])] : []
        for stage in outOfFold + weights {
          let old = try await before.encoded(stage, target)
          let new = try await after.encoded(stage, target)
          #expect(!old.isEmpty && old.map { $0[row] } == new.map { $0[row] }, "\(stage) \(target)")
          // The targets are others, so that some other row is encoded differently.
          if target.values(before.numbers) != target.values(after.numbers) {
            #expect(old != new, "\(stage) \(target)")
          }
        }
      }
    }
  }
}

@Test func amongOtherRowsAndEarlierOnesATargetReachesItsOwnEncodingByTheMeanOfAllAlone()
  async throws
{
  let before = Noise(9, rows: 80, levels: 9)
  for row in stride(from: 0, to: 80, by: 9) {
    var after = before
    after.numbers[row] += 8
    let moved = 8.0 / 80  // how far the mean of all rows goes
    let old = try await before.encoded(LeaveOneOutEncode(["x"]), .number)[0]
    let new = try await after.encoded(LeaveOneOutEncode(["x"]), .number)[0]
    let others = before.categories.indices.filter {
      $0 != row && before.categories[$0] == before.categories[row]
    }
    if others.isEmpty {
      #expect(abs(try #require(new[row]) - #require(old[row]) - moved) < 1e-12)
    } else {
      // By design the other rows of its category know it.
      #expect(old[row] == new[row])
      #expect(others.allSatisfy { old[$0] != new[$0] })
    }
    for shuffle in [false, true] {
      let stage = OrderedTargetEncode(["x"]) { $0.shuffle = shuffle }
      let old = try #require(try await before.encoded(stage, .number)[0][row])
      let new = try #require(try await after.encoded(stage, .number)[0][row])
      let shares = (0...others.count).map { moved / Double($0 + 1) }
      #expect(shares.contains { abs(new - old - $0) < 1e-12 })
    }
  }
}

@Test func onPureNoiseTrainingRowsHoldNothingOfTheirTargets() async throws {
  let noise = Noise(4, rows: 100_000, levels: 5000)
  for stage in [
    TargetEncode(["x"]), JamesSteinEncode(["x"]), LeaveOneOutEncode(["x"]),
    OrderedTargetEncode(["x"]),
  ] as [any Stage] {
    let found = correlation(try await noise.encoded(stage, .number)[0], noise.numbers)
    #expect(abs(found) < 0.02, "\(stage): \(found)")
  }
  // What a stage would give that encodes training rows as it does others.
  let table = try Table(["x": .category(noise.categories), "y": .float(noise.numbers)])
  let naive = try await supervised([TargetEncode(["x"])]).fit(table).apply(table)
  guard case .float(let leaking)? = naive.values(of: "x") else {
    Issue.record("expected floats")
    return
  }
  #expect(correlation(leaking, noise.numbers) > 0.15)
}

private func correlation(_ a: [Double?], _ b: [Double]) -> Double {
  let a = a.map { $0 ?? .nan }
  let n = Double(a.count)
  let (ma, mb) = (a.reduce(0, +) / n, b.reduce(0, +) / n)
  let sums = zip(a, b).reduce(into: (ab: 0.0, aa: 0.0, bb: 0.0)) { sums, pair in
    sums.ab += (pair.0 - ma) * (pair.1 - mb)
    sums.aa += (pair.0 - ma) * (pair.0 - ma)
    sums.bb += (pair.1 - mb) * (pair.1 - mb)
  }
  return sums.ab / (sums.aa * sums.bb).squareRoot()
}
