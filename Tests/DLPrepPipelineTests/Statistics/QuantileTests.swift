import Testing

@testable import DLPrepPipeline

private enum Shape: String, Sendable {
  case smooth, ties, mostlyZero

  func values(_ count: Int) -> [Double] {
    var mix = Mix(UInt64(count))
    return (0..<count).map { _ in
      switch self {
      case .smooth: (mix.unit() - 0.5) * 1000
      case .ties: (mix.unit() * 12).rounded(.down) / 4 - 1
      case .mostlyZero: mix.next() % 10 < 8 ? 0 : mix.unit() - 0.3
      }
    }
  }
}

/// Bit patterns from NumPy 2.4: `median`, `quantile(.01)`, `quantile(.25, averaged_inverted_cdf)`,
/// and an FNV hash of all 52 answers.
private struct Facts: Sendable {
  let shape: Shape
  let count: Int
  let median: UInt64
  let percentile: UInt64
  let quarter: UInt64
  let all: UInt64

  init(
    _ shape: Shape, _ count: Int, median: UInt64, percentile: UInt64, quarter: UInt64, all: UInt64
  ) {
    self.shape = shape
    self.count = count
    self.median = median
    self.percentile = percentile
    self.quarter = quarter
    self.all = all
  }

  static let all = [
    Facts(
      .smooth, 1, median: 0x4050_a3f0_d8fd_cc4a, percentile: 0x4050_a3f0_d8fd_cc4a,
      quarter: 0x4050_a3f0_d8fd_cc4a,
      all: 0xf387_7673_88fe_7c8b),
    Facts(
      .smooth, 2, median: 0x4065_456e_41a4_e7fd, percentile: 0x4057_313c_c364_c240,
      quarter: 0x4056_cc24_9ae7_ebc4,
      all: 0x1584_0a20_6b7d_e863),
    Facts(
      .smooth, 3, median: 0x405c_3e61_32e7_6ef3, percentile: 0xc077_88f2_5d6e_157d,
      quarter: 0xc078_28cb_6620_8820,
      all: 0x35b7_009f_7fe9_4bfb),
    Facts(
      .smooth, 10, median: 0x4071_e009_481d_d1a8, percentile: 0xc07c_9e63_e87b_d239,
      quarter: 0xc069_da22_195d_edaf,
      all: 0x5d25_f501_3c67_4cb7),
    Facts(
      .smooth, 1000, median: 0x401b_a161_7c86_443e, percentile: 0xc07e_5eb5_8a11_ef38,
      quarter: 0xc06c_8412_ff32_10e8,
      all: 0x31ef_708f_c3ba_4ea0),
    Facts(
      .smooth, 20_000, median: 0xbff9_eb11_d878_bb6e, percentile: 0xc07e_9de2_0356_acc1,
      quarter: 0xc06f_b8ef_dd00_932c,
      all: 0xe09_b4d6_ef30_a70c),
    Facts(
      .ties, 1, median: 0x3fe0_0000_0000_0000, percentile: 0x3fe0_0000_0000_0000,
      quarter: 0x3fe0_0000_0000_0000,
      all: 0xefd_bffc_118f_f437),
    Facts(
      .ties, 2, median: 0x3fec_0000_0000_0000, percentile: 0x3fe8_147a_e147_ae14,
      quarter: 0x3fe8_0000_0000_0000,
      all: 0xfe01_be55_a5b2_6de2),
    Facts(
      .ties, 3, median: 0x3fe8_0000_0000_0000, percentile: 0xbfe7_0a3d_70a3_d70a,
      quarter: 0xbfe8_0000_0000_0000,
      all: 0x6d51_33dd_4645_ea6a),
    Facts(
      .ties, 10, median: 0x3ff4_0000_0000_0000, percentile: 0xbfef_47ae_147a_e148,
      quarter: 0xbfd0_0000_0000_0000,
      all: 0x13f_8ee2_6194_ad6a),
    Facts(
      .ties, 1000, median: 0x3fe0_0000_0000_0000, percentile: 0xbff0_0000_0000_0000,
      quarter: 0xbfd0_0000_0000_0000,
      all: 0x6e6e_bec3_327b_c68e),
    Facts(
      .ties, 20_000, median: 0x3fd0_0000_0000_0000, percentile: 0xbff0_0000_0000_0000,
      quarter: 0xbfe0_0000_0000_0000,
      all: 0x1735_3f3c_cd84_360c),
    Facts(
      .mostlyZero, 1, median: 0x0, percentile: 0x0, quarter: 0x0,
      all: 0xce3d_bffc_118f_f437),
    Facts(
      .mostlyZero, 2, median: 0x0, percentile: 0x0, quarter: 0x0,
      all: 0xce3d_bffc_118f_f437),
    Facts(
      .mostlyZero, 3, median: 0x0, percentile: 0xbfcc_7dd9_4553_52bd,
      quarter: 0xbfcd_12b3_e8b3_1082,
      all: 0x3a3b_0472_8bbe_17fd),
    Facts(
      .mostlyZero, 10, median: 0x0, percentile: 0x0, quarter: 0x0,
      all: 0xd48f_b2db_8ea0_b10f),
    Facts(
      .mostlyZero, 1000, median: 0x0, percentile: 0xbfc8_e30a_16c8_8f9c, quarter: 0x0,
      all: 0x14cb_81db_56df_3162),
    Facts(
      .mostlyZero, 20_000, median: 0x0, percentile: 0xbfd0_1719_701e_d933, quarter: 0x0,
      all: 0xcd6b_48cd_4bd9_e87d),
  ]
}

@Suite struct QuantileTests {
  private static let probabilities = [0.0, 0.01, 0.1, 0.25, 1.0 / 3, 0.5, 0.7, 0.75, 0.99, 1.0]
  private static let methods: [Interpolation] = [
    .linear, .averagedInvertedCDF, .lower, .higher, .nearest,
  ]
  private static let requests =
    methods.flatMap { method in probabilities.map { QuantileRequest($0, method) } }
    + [QuantileRequest(0.5, .midpoint)]

  @Test(arguments: Facts.all, [1 << 20, 500])
  private func everyBitIsNumPys(_ facts: Facts, room: Int) {
    let values = facts.shape.values(facts.count)
    let answers = quantiles(Self.requests, room: room) { $0(values.span, nil) }
    let deviation = quantiles([QuantileRequest(0.5)], of: .deviation(from: 0.1), room: room) {
      $0(values.span, nil)
    }
    #expect(answers[50].bitPattern == facts.median)
    #expect(answers[1].bitPattern == facts.percentile)
    #expect(answers[13].bitPattern == facts.quarter)
    let hash = (answers + deviation).reduce(into: 0xcbf2_9ce4_8422_2325 as UInt64) {
      $0 = ($0 ^ $1.bitPattern) &* 0x100_0000_01b3
    }
    #expect(hash == facts.all)
  }

  @Test(arguments: [40, 20_000], [300, 1 << 20])
  func anyPartitionAndMergingGivesTheSameBits(_ count: Int, room: Int) throws {
    let values = Shape.mostlyZero.values(count)
    let expected = quantiles(Self.requests) { $0(values.span, nil) }
    var mix = Mix(5)
    var search = QuantileSearch(Self.requests, room: room)
    while let empty = search.nextSweep {
      let chunks = Chunk.cut(values, &mix, longest: count / 3)
      let sweeps = chunks.map { chunk in
        var sweep = empty
        sweep.observe(chunk.values, missing: chunk.missing)
        return sweep
      }
      search.take(try #require(merged(sweeps, &mix) { $0.merge($1) }))
    }
    #expect(search.count == count)
    #expect(search.answers == expected)
  }

  @Test func manyRanksOfMoreKeysThanFitAreTheSortedValues() {
    var mix = Mix(3)
    // Few binades and many equal leading bits: several refining sweeps before there is room.
    let values = (0..<20_000).map { _ in 1 + Double(mix.below(1 << 20)) * 0x1p-44 }
    let sorted = values.sorted()
    let ranks = stride(from: 0, to: 20_000, by: 37).map { $0 }
    let requests = ranks.map { QuantileRequest((Double($0) + 0.25) / 19_999, .lower) }
    var sweeps = 0
    let answers = quantiles(requests, room: 100) { chunk in
      sweeps += 1
      chunk(values.span, nil)
    }
    #expect(answers == ranks.map { sorted[$0] })
    #expect(sweeps > 2)
  }

  @Test(arguments: [4_097, 20_000, 100_003])
  func keysInAnyOrderAreSelected(_ count: Int) {
    var mix = Mix(UInt64(count))
    let random = (0..<count).map { _ in mix.next() }
    // A sample of evenly spaced keys knows nothing of the third and fourth ones.
    let step = count / 512
    let shapes: [[UInt64]] = [
      random, random.map { $0 % 3 }, (0..<count).map { $0 % step == 0 ? 0 : random[$0] },
      (0..<count).map { $0 % step == 0 ? .max : random[$0] }, random.sorted(),
      random.sorted().reversed(), Array(repeating: 5, count: count),
    ]
    for (shape, keys) in shapes.enumerated() {
      let sorted = keys.sorted()
      for ranks in [[count / 2], [0], [count - 1], [count / 2 - 1, count / 2], [0, count - 1]] {
        var keys = keys
        let found = RadixSelection.select(&keys, ranks: ranks)
        #expect(found == ranks.map { sorted[$0] }, "shape \(shape), ranks \(ranks)")
      }
    }
  }

  @Test func integersGiveTheDoublesQuantiles() {
    let doubles = Shape.ties.values(500).map { $0 * 4 }
    let integers = doubles.map { Int64($0) }
    for measured in [Measured.values, .deviation(from: 1.5)] {
      var search = QuantileSearch(Self.requests, of: measured)
      while var sweep = search.nextSweep {
        sweep.observe(integers)
        search.take(sweep)
      }
      let expected = quantiles(Self.requests, of: measured) { all(doubles, $0) }
      #expect(search.answers == expected)
      #expect(Set(expected).count > 3)
    }
  }

  @Test func zerosAreAnsweredWithoutASign() {
    let answers = quantiles([QuantileRequest(0), QuantileRequest(0.5), QuantileRequest(1)]) {
      all([0.0, -0.0, -0.0], $0)
    }
    #expect(answers.map(\.bitPattern) == [0, 0, 0])
  }

  @Test func nothingHasNoQuantiles() {
    let answers = quantiles([QuantileRequest(0.5)]) { all([1], missing: [1], $0) }
    #expect(answers.count == 1 && answers[0].isNaN)
    #expect(quantiles([]) { all([1.0], $0) }.isEmpty)
  }

  @Test func largestNumbersDontOverflowOnTheWay() {
    let largest = Double.greatestFiniteMagnitude
    let answers = quantiles([
      QuantileRequest(0.5), QuantileRequest(0.5, .midpoint), QuantileRequest(0.25),
    ]) { all([-largest, largest], $0) }
    #expect(answers[0] == 0 && answers[1] == 0)
    #expect(abs(answers[2] + largest / 2) <= (largest / 2).ulp)
    let same = quantiles([QuantileRequest(0.5, .midpoint)]) {
      all([largest, largest.nextDown], $0)
    }
    #expect(same[0] >= largest.nextDown)
  }
}
