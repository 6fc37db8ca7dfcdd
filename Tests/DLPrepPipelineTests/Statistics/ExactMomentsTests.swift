import Testing

@testable import DLPrepPipeline

/// Bit patterns from Python: `float` of exact `fractions.Fraction` sums, the root by `math.isqrt`.
private struct Facts: Sendable {
  let sample: Sample
  let sum: UInt64
  let mean: UInt64
  let variance: UInt64
  let sampleVariance: UInt64
  let deviation: UInt64

  init(
    _ sample: Sample, sum: UInt64, mean: UInt64, variance: UInt64, sampleVariance: UInt64,
    deviation: UInt64
  ) {
    self.sample = sample
    self.sum = sum
    self.mean = mean
    self.variance = variance
    self.sampleVariance = sampleVariance
    self.deviation = deviation
  }

  static let all = [
    Facts(
      .anything, sum: 0x7f90_00d6_523e_54dd, mean: 0x7ef0_6329_49fa_3209,
      variance: 0x7ff0_0000_0000_0000,
      sampleVariance: 0x7ff0_0000_0000_0000, deviation: 0x7f4b_c714_85c8_8a3c),
    Facts(
      .moderate, sum: 0xc28b_7b6c_ca8d_e932, mean: 0xc1ec_2446_7135_2823,
      variance: 0x4487_3d46_d079_00dd,
      sampleVariance: 0x4487_433b_5a8c_1663, deviation: 0x423b_4526_be58_6ed1),
    Facts(
      .farFromZero, sum: 0x426d_1a94_a23c_4726, mean: 0x41cd_cd65_003d_b97f,
      variance: 0x3fb5_e081_fd75_3be6,
      sampleVariance: 0x3fb5_e61d_27bc_d8ca, deviation: 0x3fd2_b589_e098_b656),
    Facts(
      .huge, sum: 0xe990_18e0_0eba_066d, mean: 0xe8f0_7bc6_b704_1f28,
      variance: 0x7ff0_0000_0000_0000,
      sampleVariance: 0x7ff0_0000_0000_0000, deviation: 0x6957_ab44_36a9_ff67),
    Facts(
      .tiny, sum: 0x9ce1_a9a1_8a98_3b52, mean: 0x9c42_1626_713f_b9ac, variance: 0x0,
      sampleVariance: 0x0, deviation: 0x1c86_fbe4_7908_9bad),
    Facts(
      .subnormal, sum: 0x59_9b41_95fe_d479, mean: 0x68e2_5451_e6ba, variance: 0x0,
      sampleVariance: 0x0, deviation: 0x9_31c8_94e4_2955),
    Facts(
      .constant, sum: 0x4059_0000_0000_0000, mean: 0x3fb9_9999_9999_999a, variance: 0x0,
      sampleVariance: 0x0, deviation: 0x0),
    Facts(
      .prices, sum: 0x411d_a048_b851_eb85, mean: 0x407e_564e_8fb0_0bcc,
      variance: 0x40f3_f111_ac9a_13ef,
      sampleVariance: 0x40f3_f62d_e14e_a2f2, deviation: 0x4071_dcc8_f6b3_97de),
    Facts(
      .pair, sum: 0x4000_0000_0000_0000, mean: 0x3ff0_0000_0000_0000,
      variance: 0x3950_0000_0000_0000,
      sampleVariance: 0x3960_0000_0000_0000, deviation: 0x3ca0_0000_0000_0000),
    Facts(
      .largest, sum: 0x7fef_ffff_ffff_ffff, mean: 0x7fc9_9999_9999_9999,
      variance: 0x7ff0_0000_0000_0000,
      sampleVariance: 0x7ff0_0000_0000_0000, deviation: 0x7fef_5a7c_ecdb_6849),
    Facts(
      .overflow, sum: 0x7ff0_0000_0000_0000, mean: 0x7fef_ffff_ffff_ffff, variance: 0x0,
      sampleVariance: 0x0, deviation: 0x0),
    Facts(
      .tieDown, sum: 0x3ff0_0000_0000_0000, mean: 0x3fe0_0000_0000_0000,
      variance: 0x3fcf_ffff_ffff_fffe,
      sampleVariance: 0x3fdf_ffff_ffff_fffe, deviation: 0x3fdf_ffff_ffff_ffff),
    Facts(
      .tieUp, sum: 0x3ff0_0000_0000_0002, mean: 0x3fe0_0000_0000_0002,
      variance: 0x3fd0_0000_0000_0001,
      sampleVariance: 0x3fe0_0000_0000_0001, deviation: 0x3fe0_0000_0000_0000),
    Facts(
      .aboveTie, sum: 0x3ff0_0000_0000_0001, mean: 0x3fd5_5555_5555_5556,
      variance: 0x3fcc_71c7_1c71_c71c,
      sampleVariance: 0x3fd5_5555_5555_5555, deviation: 0x3fde_2b7d_ddfe_fa66),
    Facts(
      .single, sum: 0xc00a_0000_0000_0000, mean: 0xc00a_0000_0000_0000, variance: 0x0,
      sampleVariance: 0x7ff8_0000_0000_0000, deviation: 0x0),
    Facts(
      .cancelled, sum: 0x0, mean: 0x0, variance: 0x7ff0_0000_0000_0000,
      sampleVariance: 0x7ff0_0000_0000_0000, deviation: 0x7fd9_2c80_954c_51f5),
  ]
}

@Suite struct ExactMomentsTests {
  @Test(arguments: Facts.all)
  private func momentsAreThoseOfExactFractions(_ facts: Facts) {
    var moments = ExactMoments()
    moments.add(facts.sample.values)
    #expect(moments.count == facts.sample.values.count)
    #expect(moments.sum.rounded.bitPattern == facts.sum)
    #expect(moments.mean.bitPattern == facts.mean)
    #expect(moments.variance.bitPattern == facts.variance)
    if facts.sample.values.count > 1 {
      #expect(moments.variance(ddof: 1).bitPattern == facts.sampleVariance)
    } else {
      #expect(moments.variance(ddof: 1).isNaN)
    }
    // The root of the rounded variance: half a unit more than a root rounded once.
    let deviation = Int64(bitPattern: moments.standardDeviation().bitPattern)
    #expect((deviation - Int64(bitPattern: facts.deviation)).magnitude <= 1)

    var sum = ExactSum()
    sum.add(facts.sample.values)
    #expect(sum == moments.sum)
    #expect(sum.isZero == (facts.sample == .cancelled))
  }

  @Test(arguments: Sample.allCases)
  func anyPartitionAndMergingGivesTheSameBits(_ sample: Sample) throws {
    var whole = ExactMoments()
    for value in sample.values { whole.add(value) }
    var mix = Mix(UInt64(sample.values.count))
    for longest in [3, 100, 900, 2000] {
      let chunks = Chunk.cut(sample.values, &mix, longest: longest)
      let states = chunks.map { chunk in
        var state = ExactMoments()
        state.add(chunk.values, missing: chunk.missing)
        return state
      }
      let result = try #require(merged(states, &mix) { $0.merge($1) })
      #expect(result == whole)
    }
  }

  @Test func largeMeansTakeNothingFromSmallSpreads() {
    var moments = ExactMoments()
    moments.add([1e9 + 4, 1e9 + 7, 1e9 + 13, 1e9 + 16])
    #expect(moments.mean == 1e9 + 10)
    #expect(moments.variance == 22.5)
    #expect(moments.variance(ddof: 1) == 30)
  }

  @Test func integersBeyondDoublesAreSummedExactly() {
    let values = [Int64.max, .max, .min, .max, -1, .min]
    var moments = ExactMoments()
    moments.add(values)
    // Three times 2^63 - 1, twice -2^63 and -1: 2^63 - 4, which is no double.
    #expect(moments.sum.rounded == 0x1p63)
    var rest = ExactMoments()
    rest.add([Int64.min, 4])
    moments.merge(rest)
    #expect(moments.sum.isZero)
    // From Python fractions of the same eight integers.
    #expect(moments.variance == 6.380294379767596e+37)

    var small = ExactMoments()
    small.add([Int64](repeating: 7, count: 100), missing: [UInt64.max, 0])
    var doubles = ExactMoments()
    doubles.add([Double](repeating: 7, count: 36))
    #expect(small == doubles)
  }

  @Test(arguments: [1 << 25 - 1, 1 << 25, 1 << 31, 1 << 40] as [Int64])
  func manyIntegersOfAnySizeAreSummedExactly(_ largest: Int64) {
    var mix = Mix(UInt64(largest))
    let values = (0..<10_000).map { row in
      row % 5 == 0 ? largest : row % 5 == 1 ? -largest : Int64(mix.below(1000)) - 500
    }
    let missing = (0..<157).map { _ in mix.next() & mix.next() }
    var moments = ExactMoments()
    moments.add(values, missing: missing)
    var single = ExactMoments()
    for (row, value) in values.enumerated() where missing[row >> 6] >> UInt64(row & 63) & 1 == 0 {
      single.add(Double(value))
    }
    #expect(moments == single)
  }

  @Test func nothingHasNoMean() {
    let moments = ExactMoments()
    #expect(moments.mean.isNaN && moments.variance.isNaN && moments.sum.isZero)
  }

  @Test(arguments: [1, 1000]) func infinitiesMakeEveryAnswerUnknown(_ count: Int) {
    var moments = ExactMoments()
    moments.add(([.infinity, -.infinity] + [Double](repeating: 1, count: count)))
    #expect(moments.mean.isNaN && moments.variance.isNaN && moments.sum.rounded.isNaN)
    #expect(!moments.sum.isZero)
  }
}
