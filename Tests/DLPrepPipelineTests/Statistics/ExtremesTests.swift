import Testing

@testable import DLPrepPipeline

@Suite struct ExtremesTests {
  @Test(arguments: Sample.allCases)
  func anyPartitionAndMergingFindsTheSame(_ sample: Sample) throws {
    var mix = Mix(2)
    for longest in [1, 70, 2000] {
      let states = Chunk.cut(sample.values, &mix, longest: longest).map { chunk in
        var state = Extremes<Double>()
        state.observe(chunk.values, missing: chunk.missing)
        return state
      }
      let result = try #require(merged(states, &mix) { $0.merge($1) })
      #expect(result.min == sample.values.min())
      #expect(result.max == sample.values.max())
      #expect(result.count == sample.values.count)
    }
  }

  @Test func zerosHaveNoSign() {
    for values in [[0.0, -0.0], [-0.0, 0.0], [-0.0]] {
      var extremes = Extremes<Double>()
      extremes.observe(values)
      #expect(extremes.min?.bitPattern == 0 && extremes.max?.bitPattern == 0)
    }
  }

  @Test func nothingHasNoExtremes() {
    var extremes = Extremes<Double>()
    extremes.observe([1.0, 2.0], missing: [3])
    #expect(extremes.min == nil && extremes.max == nil && extremes.count == 0)
  }

  @Test func integersKeepAllTheirBits() {
    var extremes = Extremes<Int64>()
    extremes.observe([.max - 1, 5, .min + 1, .min], missing: [8])
    #expect(extremes.min == .min + 1 && extremes.max == .max - 1 && extremes.count == 3)
  }
}
