import DLPrepPipeline
import Testing

private let values: [Double] = [3, 1e6, -2.5, 7, 7, 0.1, 1e-3, 42]
private let weights: [Double] = [1, 2, 3, 1, 4, 2, 5, 1]

private func moments(_ parts: [[Int]]) -> Moments {
  var all = WeightedMoments()
  repeat {
    let start = all
    for (number, part) in parts.enumerated() {
      var own = start
      for row in part { own.add(values[row], weight: weights[row] / 4) }
      if number == 0 { all = own } else { all.merge(own) }
    }
  } while all.needsAnotherSweep()
  return all.moments
}

@Test func weightedMomentsAreThoseOfRepeatedRows() {
  let found = moments([Array(values.indices)])
  var repeated = ExactMoments()
  for (value, weight) in zip(values, weights) {
    for _ in 0..<Int(weight) { repeated.add(value) }
  }
  #expect(found.count == 8 && found.weight == 4.75)
  #expect(abs(found.mean - repeated.mean) <= 1e-15 * repeated.mean)
  #expect(abs(found.variance - repeated.variance) <= 1e-15 * repeated.variance)
  for parts in [[[7, 3, 1], [0, 2, 4, 5, 6]], [[0, 1], [2], [3, 4, 5], [6, 7]]] {
    #expect(moments(parts) == found)
  }
  #expect(WeightedMoments().moments == Moments(count: 0, mean: 0, variance: 0))
}

@Test func productsAreSummedExactly() {
  var sum = ExactProducts()
  for (a, b) in [(1e200, 1e100), (3.0, 0.1), (-1e200, 1e100), (-Double.leastNonzeroMagnitude, 0.5)]
  { sum.add(a, b) }
  // 3 × 0.1 lies exactly between two doubles: what is taken away, far below, decides.
  #expect(3 * 0.1 == 0.30000000000000004 && sum.rounded == 0.3)
  var other = ExactProducts()
  for (a, b) in [(-Double.leastNonzeroMagnitude, 0.5), (-1e200, 1e100), (0.1, 3.0)] {
    other.add(a, b)
  }
  var last = ExactProducts()
  last.add(1e100, 1e200)
  other.merge(last)
  #expect(other == sum)
  other.add(.infinity, 0)
  #expect(other.rounded.isNaN)
}

@Test func weightedQuantilesAreThoseOfScikitLearn() {
  // sklearn.utils.stats._weighted_percentile, 1.9, of the numbers and weights below.
  let rows = WeightedRows([(3, 1), (1, 2), (2, 0), (5, 1), (4, 4)])
  let shares = [0, 0.125, 0.25, 0.3, 0.5, 0.875, 1]
  #expect(shares.map { rows.quantile($0, averages: true) } == [1, 1, 2, 3, 4, 4.5, 5])
  #expect(shares.map { rows.quantile($0, averages: false) } == [1, 1, 1, 3, 4, 4, 5])
  #expect(rows.least == 1 && rows.most == 5)
  #expect(WeightedRows([(1, 0)]).quantile(0.5, averages: true).isNaN)
}
