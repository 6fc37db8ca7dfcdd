import DLPrepPipeline

/// Mutual information from the distances of nearest neighbours: three, as scikit-learn takes them.
enum NeighborInformation {
  static let neighbors = 3

  /// Of a number and a class, by how many rows are as near as the neighbours of a row's own class.
  ///
  /// After B. C. Ross, Mutual Information between Discrete and Continuous Data Sets, PLoS ONE 9(2),
  /// 2014.
  static func information(_ numbers: [Double], labels: [Int]) -> Double {
    let members = Dictionary(grouping: numbers.indices, by: { labels[$0] })
    var radii: [(number: Double, radius: Double)] = []
    var known = Array(repeating: 0, count: neighbors + 1)
    var sizes = Array(repeating: 0, count: numbers.count + 1)
    for label in members.keys.sorted() {
      let own = (members[label] ?? []).map { numbers[$0] }.sorted()
      // A class of one row has no neighbours.
      guard own.count > 1 else { continue }
      let k = min(neighbors, own.count - 1)
      known[k] += own.count
      sizes[own.count] += own.count
      for i in own.indices { radii.append((own[i], below(distance(k, from: i, in: own)))) }
    }
    let sorted = SortedNumbers(radii.map(\.number))
    var near = Array(repeating: 0, count: radii.count + 1)
    for (number, radius) in radii { near[sorted.count(within: radius, of: number)] += 1 }
    let psi = Digamma(upTo: radii.count)
    let value = psi(radii.count) + psi.mean(known) - psi.mean(sizes) - psi.mean(near)
    return radii.isEmpty ? 0 : max(0, value)
  }

  /// Of two numbers, by how many rows are as near in each alone as the neighbours in the plane.
  ///
  /// After A. Kraskov, H. Stögbauer and P. Grassberger, Estimating mutual information, Phys. Rev. E
  /// 69, 2004.
  static func information(_ x: SortedNumbers, _ y: SortedNumbers) -> Double {
    let count = x.numbers.count
    guard count > neighbors else { return 0 }
    // How often how many rows are near.
    var nearX = Array(repeating: 0, count: count + 1)
    var nearY = nearX
    PlaneTree(x.numbers, y.numbers).forEachPoint { x0, y0, distance in
      let radius = below(distance)
      // The row itself stands for the one that is added.
      nearX[x.count(within: radius, of: x0)] += 1
      nearY[y.count(within: radius, of: y0)] += 1
    }
    let psi = Digamma(upTo: count)
    return max(0, psi(count) + psi(neighbors) - psi.mean(nearX) - psi.mean(nearY))
  }

  /// The distance of the k-th neighbour of a number among sorted ones.
  private static func distance(_ k: Int, from i: Int, in sorted: [Double]) -> Double {
    var (low, high) = (i - 1, i + 1)
    var distance = 0.0
    for _ in 0..<k {
      let left = low >= 0 ? sorted[i] - sorted[low] : .infinity
      let right = high < sorted.count ? sorted[high] - sorted[i] : .infinity
      distance = min(left, right)
      if left <= right { low -= 1 } else { high += 1 }
    }
    return distance
  }

  /// The next smaller distance.
  private static func below(_ distance: Double) -> Double { distance > 0 ? distance.nextDown : 0 }
}

/// The function ψ of whole numbers: −γ and the sum of 1/j below them.
struct Digamma {
  private var values: [Double] = [.nan, -0.577_215_664_901_532_86]

  init(upTo count: Int) {
    for i in 1..<max(count, 2) { values.append(values[i] + 1 / Double(i)) }
  }

  func callAsFunction(_ number: Int) -> Double { values[max(number, 0)] }

  /// The mean over numbers of which number i occurs `counts[i]` times.
  func mean(_ counts: [Int]) -> Double {
    let sum = counts.enumerated().reduce(0.0) { sum, number in
      number.element == 0 ? sum : sum + self(number.offset) * Double(number.element)
    }
    return sum / Double(counts.reduce(0, +))
  }
}
