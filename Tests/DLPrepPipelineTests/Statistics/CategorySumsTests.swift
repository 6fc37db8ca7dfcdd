import Testing

@testable import DLPrepPipeline

/// Rows with a category, a fold and a target, as the Python script that made the facts has them.
private struct Rows {
  var codes: [Int32] = []
  var folds: [UInt8] = []
  var target: [Double] = []

  init(classes: Bool) {
    var mix = Mix(7)
    for row in 0..<240 {
      let code = row % 40 == 0 ? 5 : mix.below(5)
      codes.append(Int32(code))
      folds.append(UInt8(mix.below(3)))
      let unit = mix.unit()
      target.append(
        classes
          ? (unit < 0.2 + 0.1 * Double(code) ? 1 : 0) : 1e3 * unit * unit + Double(code) * 17)
    }
  }

  init() {}

  var extent: TargetExtent {
    var extent = TargetExtent()
    extent.observe(target)
    return extent
  }

  func sums(categories: Int, folds: Int) -> CategorySums {
    var sums = CategorySums(range: 0..<categories, folds: folds, extent: extent)
    sums.observe(codes: codes, folds: self.folds, target: target)
    return sums
  }
}

@Suite struct CategorySumsTests {
  /// scikit-learn 1.9.1, `TargetEncoder(smooth="auto")`: fitted on all rows, then on those outside
  /// of folds 0, 1 and 2.
  private static let encodings: [Bool: [[Double]]] = [
    false: [
      [
        298.24315651583674, 387.31455590624597, 302.99464153321304,
        448.83026896078286, 432.5801562569473, 363.303272145101,
      ],
      [
        294.3718368365261, 335.6484662378723, 324.27981598611046,
        473.78602746338777, 403.1868670189061, 354.98312539123117,
      ],
      [
        306.4186806434285, 430.8066889591786, 304.94388255993715,
        439.99430456884915, 418.6292920510059, 361.86722975561935,
      ],
      [
        295.7563494783997, 389.0372877898404, 281.0019565132127,
        429.95300928278994, 478.43768313495633, 372.0311214977397,
      ],
    ],
    true: [
      [
        0.21493524570366607, 0.2517490671641791, 0.42978255651408526,
        0.3337736134615649, 0.48504715633929363, 0.789297338694237,
      ],
      [
        0.19658319219476333, 0.30181955519720094, 0.3988995472823732,
        0.3237436832907653, 0.5124861907247507, 1.0,
      ],
      [
        0.22221675916698685, 0.23836448974838992, 0.4657101817897462,
        0.334721970194571, 0.5401321045136332, 0.7488150800994542,
      ],
      [
        0.22446414695379877, 0.2213201056168957, 0.4254512129928977,
        0.3432387766717758, 0.3823385412633179, 0.6757964370684152,
      ],
    ],
  ]

  @Test(arguments: [false, true])
  func encodingsAreScikitLearns(_ classes: Bool) throws {
    let (whole, outside) = Rows(classes: classes).sums(categories: 6, folds: 3).parts()
    let expected = try #require(Self.encodings[classes])
    for (part, expected) in zip([whole] + outside, expected) {
      for (category, expected) in zip(part.categories, expected) {
        let weight = Double(category.count) * part.prior.variance
        let share = weight / (weight + category.variance)
        let encoding = share * category.mean + (1 - share) * part.prior.mean
        #expect(abs(encoding - expected) <= 1e-12 * abs(expected))
      }
    }
  }

  @Test(arguments: [
    Sample.anything, .moderate, .farFromZero, .huge, .tiny, .subnormal, .constant, .prices,
  ])
  func cellsAreTheMomentsOfTheirRows(_ sample: Sample) {
    var mix = Mix(11)
    var rows = Rows()
    rows.target = sample.values
    rows.codes = rows.target.map { _ in Int32(mix.below(4)) - 1 }
    rows.folds = rows.target.map { _ in UInt8(mix.below(3)) }
    func expected(_ isWanted: (Int) -> Bool) -> Moments {
      var moments = ExactMoments()
      for row in rows.target.indices where isWanted(row) { moments.add(rows.target[row]) }
      return Moments(count: moments.count, mean: moments.mean, variance: moments.variance)
    }
    let (whole, outside) = rows.sums(categories: 3, folds: 3).parts()
    for (part, fold) in zip([whole] + outside, [UInt8?.none, 0, 1, 2]) {
      #expect(part.prior == expected { rows.folds[$0] != fold })
      #expect(part.missing == expected { rows.codes[$0] == -1 && rows.folds[$0] != fold })
      for category in 0..<3 {
        #expect(
          part.categories[category]
            == expected { rows.codes[$0] == category && rows.folds[$0] != fold })
      }
    }
  }

  @Test(arguments: [false, true])
  func anyPartitionAndMergingGivesTheSameBits(_ classes: Bool) throws {
    let rows = Rows(classes: classes)
    let extent = rows.extent
    let expected = rows.sums(categories: 6, folds: 3).parts()
    var mix = Mix(13)
    var order = Array(rows.codes.indices)
    for row in order.indices.reversed() { order.swapAt(row, mix.below(row + 1)) }
    let states = stride(from: 0, to: order.count, by: 50).map { start in
      let part = order[start..<min(order.count, start + 50)]
      var sums = CategorySums(range: 0..<6, folds: 3, extent: extent)
      let codes = part.map { rows.codes[$0] }
      let folds = part.map { rows.folds[$0] }
      let target = part.map { rows.target[$0] }
      sums.observe(codes: codes, folds: folds, target: target)
      return sums
    }
    let result = try #require(merged(states, &mix) { $0.merge($1) }).parts()
    #expect(result == expected)
  }

  @Test(arguments: [0, 200, 1 << 20])
  func littleMemoryMeansMoreSweepsAndTheSameAnswer(_ memory: Int) {
    let rows = Rows(classes: false)
    let expected = rows.sums(categories: 6, folds: 3).parts()
    var sweeps = 0
    let result = targetsByCategory(
      categories: 6, folds: 3, extent: rows.extent, memory: memory
    ) { chunk in
      sweeps += 1
      chunk(rows.codes.span, rows.folds.span, rows.target.span)
    }
    #expect(result == expected)
    #expect(sweeps == (memory == 1 << 20 ? 1 : 6))
  }

  @Test func integerTargetsAreExactBeyondDoubles() {
    let target = [Int64.max, .max, 1, 3]
    var extent = TargetExtent()
    extent.observe(target)
    var sums = CategorySums(range: 0..<2, folds: 1, extent: extent)
    let codes: [Int32] = [0, 0, 1, 1]
    sums.observe(codes: codes, target: target)
    let (whole, outside) = sums.parts()
    #expect(outside.isEmpty)
    #expect(whole.categories[0] == Moments(count: 2, mean: 0x1p63, variance: 0))
    #expect(whole.categories[1] == Moments(count: 2, mean: 2, variance: 1))
    #expect(whole.missing == Moments(count: 0, mean: 0, variance: 0))

    var even = TargetExtent()
    let eights: [Int64] = [8, -24]
    let zeros: [Int32] = [0, 0]
    even.observe(eights)
    var evenSums = CategorySums(range: 0..<1, folds: 1, extent: even)
    evenSums.observe(codes: zeros, target: eights)
    #expect(evenSums.parts().whole.prior == Moments(count: 2, mean: -8, variance: 256))
  }

  @Test func infiniteTargetsMakeTheirMomentsUnknown() {
    var rows = Rows()
    rows.codes = [0, 0]
    rows.folds = [0, 0]
    rows.target = [.infinity, 1]
    let whole = rows.sums(categories: 1, folds: 1).parts().whole
    #expect(whole.prior.count == 2 && whole.prior.mean.isNaN && whole.prior.variance.isNaN)
  }
}
