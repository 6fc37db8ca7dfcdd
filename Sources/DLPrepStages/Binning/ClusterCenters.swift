/// The centers of k-means on numbers, sorted: Lloyd's algorithm from the middles of even bins.
///
/// Follows scikit-learn's `KMeans(n_init=1)` with that start: at most 300 rounds, done when no
/// number changes its cluster or the centers' squared shifts sum to at most 1e-4 of the variance; an
/// empty cluster takes the number farthest from its center. Its roundings are followed too, because
/// they decide about numbers in the middle of two centers.
struct ClusterCenters {
  /// The distinct numbers less their mean, rising: so sums stay small.
  private let values: [Double]
  /// How often each occurs, or the weight of its row.
  private let weights: [Double]
  /// Whether each is a row of its own.
  private let isRows: Bool
  private let mean: Double
  private let variance: Double
  private var centers: [Double]

  /// Rising numbers, distinct ones or those of all rows, with their mean and variance, and the edges
  /// of the bins to start from.
  init(
    of numbers: [(value: Double, weight: Double)], isRows: Bool, _ mean: Double,
    _ variance: Double, from edges: [Double]
  ) {
    values = numbers.map { $0.value - mean }
    weights = numbers.map(\.weight)
    self.isRows = isRows
    (self.mean, self.variance) = (mean, variance)
    centers = zip(edges, edges.dropFirst()).map { ($0 + $1) * 0.5 - mean }
  }

  /// The centers found.
  mutating func found() -> [Double] {
    var owners: [Int] = []
    for _ in 0..<300 {
      let nearest = nearestCenters()
      let moved = means(of: nearest)
      let shift = zip(moved, centers).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      centers = moved
      if nearest == owners || shift <= variance * 1e-4 { break }
      owners = nearest
    }
    return centers.map { $0 + mean }.sorted()
  }

  /// The center with the least c² - 2xc for each number; of equally near ones the first.
  ///
  /// Numbers rise, so the search goes on from a center before the one found last.
  private func nearestCenters() -> [Int] {
    let order = centers.indices.sorted { (centers[$0], $0) < (centers[$1], $1) }
    var at = 0
    return values.map { value in
      var least = Double.infinity
      for position in max(at - 1, 0)..<order.count {
        let center = centers[order[position]]
        let distance = center * center - 2 * (value * center)
        if distance < least || distance == least && order[position] < order[at] {
          (at, least) = (position, distance)
        } else if center > value && distance > least {
          break
        }
      }
      return order[at]
    }
  }

  /// The mean of each cluster; one that has lost its last number goes where the largest one is.
  private func means(of owners: [Int]) -> [Double] {
    var sums = Array(repeating: 0.0, count: centers.count)
    var sizes = sums
    for (i, owner) in owners.enumerated() {
      sums[owner] += values[i] * weights[i]
      sizes[owner] += weights[i]
    }
    fillEmptyClusters(&sums, &sizes, owners)
    let largest = sizes.indices.max { (sizes[$0], $1) < (sizes[$1], $0) } ?? 0
    return sizes.indices.map {
      let j = sizes[$0] > 0 ? $0 : largest
      return sums[j] * (1 / sizes[j])
    }
  }

  /// Gives each empty cluster one of the numbers farthest from their centers.
  private func fillEmptyClusters(_ sums: inout [Double], _ sizes: inout [Double], _ owners: [Int]) {
    var empty = sizes.indices.filter { sizes[$0] == 0 }
    guard !empty.isEmpty else { return }
    let distances = values.indices.map { i in
      let gap = values[i] - centers[owners[i]]
      return gap * gap
    }
    guard distances.contains(where: { $0 > 0 }) else { return }
    for i in values.indices.sorted(by: { (-distances[$0], $0) < (-distances[$1], $1) }) {
      let (rows, weight) = isRows ? (1, weights[i]) : (Int(weights[i]), 1)
      for _ in 0..<min(rows, empty.count) {
        let cluster = empty.removeFirst()
        sums[owners[i]] -= values[i] * weight
        sizes[owners[i]] -= weight
        sums[cluster] = values[i] * weight
        sizes[cluster] = weight
      }
      if empty.isEmpty { return }
    }
  }
}
