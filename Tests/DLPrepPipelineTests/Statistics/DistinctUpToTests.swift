import Testing

@testable import DLPrepPipeline

@Suite struct DistinctUpToTests {
  private static let values: [Double] = {
    var mix = Mix(4)
    return (0..<2000).map { _ in Double(mix.below(300)) - 150 }
  }()

  @Test(arguments: [1, 299, 300, 10_000])
  func countsAreThoseOfADictionaryOrNone(_ limit: Int) throws {
    let counts = Dictionary(Self.values.map { ($0, 1) }, uniquingKeysWith: +)
    var mix = Mix(9)
    for longest in [40, 700, 3000] {
      let states = Chunk.cut(Self.values, &mix, longest: longest).map { chunk in
        var state = DistinctUpTo<Double>(limit: limit)
        state.observe(chunk.values, missing: chunk.missing)
        return state
      }
      let result = try #require(merged(states, &mix) { $0.merge($1) })
      #expect(result.isExceeded == (counts.count > limit))
      #expect(result.count == (counts.count > limit ? nil : counts.count))
      let values = result.values
      #expect((values == nil) == (counts.count > limit))
      for (found, expected) in zip(values ?? [], counts.sorted { $0.key < $1.key }) {
        #expect(found.value == expected.key && found.count == expected.value)
      }
    }
  }

  @Test func zerosAreOneValueWithoutASign() {
    var distinct = DistinctUpTo<Double>(limit: 2)
    distinct.observe([-0.0, 0.0, 1.0, -0.0])
    #expect(distinct.count == 2)
    #expect(distinct.values?.first?.value.bitPattern == 0)
    #expect(distinct.values?.first?.count == 3)
  }

  @Test func integersKeepAllTheirBits() {
    var distinct = DistinctUpTo<Int64>(limit: 5)
    distinct.observe([.max, .max - 1, .min, .max])
    #expect(distinct.values?.map(\.value) == [.min, .max - 1, .max])
    #expect(distinct.values?.map(\.count) == [1, 1, 2])
  }

  @Test func limitZeroAllowsOnlyNothing() {
    var distinct = DistinctUpTo<Int64>(limit: 0)
    #expect(distinct.count == 0)
    distinct.observe([1])
    #expect(distinct.isExceeded)
  }
}
