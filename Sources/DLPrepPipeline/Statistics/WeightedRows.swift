/// Numbers in their order, each with the weight of its row, and the order statistics by weight.
package struct WeightedRows: Sendable {
  /// The numbers, rising, those of equal size by weight.
  package let sorted: [(value: Double, weight: Double)]
  /// The weight of each number and all before it, rounded once.
  private let shares: [Double]

  /// Sorts numbers with their weights.
  package init(_ rows: [(value: Double, weight: Double)]) {
    sorted = rows.sorted { ($0.value, $0.weight) < ($1.value, $1.weight) }
    var sum = ExactSum()
    shares = sorted.map { row in
      sum.add(row.weight)
      return sum.rounded
    }
  }

  /// The smallest number with a weight above 0; infinite where there is none.
  package var least: Double { sorted.first { $0.weight > 0 }?.value ?? .infinity }
  /// The largest number with a weight above 0; infinite where there is none.
  package var most: Double { sorted.last { $0.weight > 0 }?.value ?? -.infinity }

  /// The first number at which the weights reach a share of their sum; where they meet it exactly,
  /// `averages` takes its mean with the next number (scikit-learn's `_weighted_percentile`).
  package func quantile(_ share: Double, averages: Bool) -> Double {
    guard let total = shares.last, total > 0 else { return .nan }
    var target = share * total
    // Leading rows of weight 0 don't count.
    if target == 0 { target = target.nextUp }
    let index = min(first { $0 >= target }, shares.count - 1)
    let value = sorted[index].value
    guard averages, !(shares[index] - target > .ulpOfOne) else { return value }
    let next = first { $0 > shares[index] }
    return next < sorted.count ? (value + sorted[next].value) / 2 : value
  }

  /// The first position from which on a condition on the shares holds.
  private func first(where holds: (Double) -> Bool) -> Int {
    var (low, high) = (0, shares.count)
    while low < high {
      let middle = (low + high) / 2
      if holds(shares[middle]) { high = middle } else { low = middle + 1 }
    }
    return low
  }
}
