/// The centers of k-means on numbers, sorted: Lloyd's algorithm from the middles of even bins.
///
/// Follows scikit-learn's `KMeans(n_init=1)` with that start: at most 300 rounds, done when no
/// number changes its cluster or the centers' squared shifts sum to at most 1e-4 of the variance; an
/// empty cluster takes the number farthest from its center.
func clusterCenters(of numbers: [(value: Double, count: Int)], from edges: [Double]) -> [Double] {
  let total = Double(numbers.reduce(0) { $0 + $1.count })
  let mean = numbers.reduce(0) { $0 + $1.value * Double($1.count) } / total
  // Working around the mean keeps sums small, as scikit-learn does.
  let values = numbers.map { $0.value - mean }
  let weights = numbers.map { Double($0.count) }
  let variance = zip(values, weights).reduce(0) { $0 + $1.0 * $1.0 * $1.1 } / total
  var centers = zip(edges, edges.dropFirst()).map { ($0 + $1) * 0.5 - mean }
  var owners: [Int] = []
  for _ in 0..<300 {
    let nearest = nearestCenters(values, centers)
    var sums = Array(repeating: 0.0, count: centers.count)
    var sizes = sums
    for (i, owner) in nearest.enumerated() {
      sums[owner] += values[i] * weights[i]
      sizes[owner] += weights[i]
    }
    fillEmptyClusters(&sums, &sizes, values, weights, nearest, centers)
    let moved = centers.indices.map { sizes[$0] > 0 ? sums[$0] / sizes[$0] : centers[$0] }
    let shift = zip(moved, centers).reduce(0) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
    centers = moved
    if nearest == owners || shift <= variance * 1e-4 { break }
    owners = nearest
  }
  return centers.map { $0 + mean }.sorted()
}

/// The nearest center of each of the rising values; of two equally near ones the first.
private func nearestCenters(_ values: [Double], _ centers: [Double]) -> [Int] {
  let order = centers.indices.sorted { (centers[$0], $0) < (centers[$1], $1) }
  var at = 0
  return values.map { value in
    while at + 1 < order.count,
      isNearer(value, centers[order[at + 1]], order[at + 1], centers[order[at]], order[at])
    {
      at += 1
    }
    return order[at]
  }
}

private func isNearer(_ value: Double, _ a: Double, _ i: Int, _ b: Double, _ j: Int) -> Bool {
  let (first, second) = (abs(value - a), abs(value - b))
  return first < second || first == second && i < j
}

/// Gives each empty cluster one of the numbers farthest from their centers.
private func fillEmptyClusters(
  _ sums: inout [Double], _ sizes: inout [Double], _ values: [Double], _ weights: [Double],
  _ owners: [Int], _ centers: [Double]
) {
  var empty = sizes.indices.filter { sizes[$0] == 0 }
  guard !empty.isEmpty else { return }
  let far = values.indices.sorted {
    let a = abs(values[$0] - centers[owners[$0]])
    let b = abs(values[$1] - centers[owners[$1]])
    return a > b || a == b && $0 < $1
  }
  for i in far {
    for _ in 0..<Int(weights[i]) {
      guard let cluster = empty.first else { return }
      empty.removeFirst()
      sums[owners[i]] -= values[i]
      sizes[owners[i]] -= 1
      sums[cluster] = values[i]
      sizes[cluster] = 1
    }
  }
}
