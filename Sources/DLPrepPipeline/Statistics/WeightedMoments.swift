/// Mean and variance of numbers with weights, in two sweeps: any partition gives the same bits.
///
/// The first sweep adds the weights and the products of weights and numbers, exactly. The second
/// adds, as exactly, the weights times the distances from the rounded mean, and times the squares of
/// these, each rounded once. The variance is (Σwd² − (Σwd)² ÷ Σw) ÷ Σw, as scikit-learn corrects it.
package struct WeightedMoments: Sendable, Equatable {
  private var count = 0
  private var weights = ExactSum()
  private var products = ExactProducts()
  private var mean: Double?
  private var distances = ExactProducts()
  private var squares = ExactProducts()

  /// The moments of nothing.
  package init() {}

  /// Adds a number with its weight, which is above 0.
  package mutating func add(_ value: Double, weight: Double) {
    guard let mean else {
      count += 1
      weights.add(weight)
      products.add(weight, value)
      return
    }
    let distance = value - mean
    distances.add(weight, distance)
    squares.add(weight, distance * distance)
  }

  /// Adds those of another part of the rows in the same sweep.
  package mutating func merge(_ other: WeightedMoments) {
    if mean == nil {
      count += other.count
      weights.merge(other.weights)
      products.merge(other.products)
    } else {
      distances.merge(other.distances)
      squares.merge(other.squares)
    }
  }

  /// Whether the rows are needed once more: after the first sweep.
  package mutating func needsAnotherSweep() -> Bool {
    guard mean == nil, count > 0 else { return false }
    mean = products.rounded / weights.rounded
    return true
  }

  /// Number, mean, variance and weight; zeros where there is nothing.
  package var moments: Moments {
    guard let mean else { return Moments(count: 0, mean: 0, variance: 0) }
    let (total, distance) = (weights.rounded, distances.rounded)
    let variance = (squares.rounded - distance * distance / total) / total
    return Moments(count: count, mean: mean, variance: max(0, variance), weight: total)
  }
}
