/// Points in a plane, halved again and again, so that the nearest are found quickly.
///
/// A distance is the larger one of both coordinates' (Chebyshev).
struct PlaneTree {
  private struct Node {
    var range: Range<Int>
    /// Whether the halves lie below and above in y, not in x.
    var byY = false
    var border = 0.0
    /// The positions of both halves; none: a leaf.
    var halves: (Int, Int)?
  }

  private let x: [Double]
  private let y: [Double]
  private var order: [Int]
  private var nodes: [Node] = []

  init(_ x: [Double], _ y: [Double]) {
    (self.x, self.y) = (x, y)
    order = Array(x.indices)
    _ = add(0..<order.count)
  }

  private mutating func add(_ range: Range<Int>) -> Int {
    let number = nodes.count
    nodes.append(Node(range: range))
    if range.count <= 12 { return number }
    func spread(_ values: [Double]) -> Double {
      let own = order[range].map { values[$0] }
      return (own.max() ?? 0) - (own.min() ?? 0)
    }
    let byY = spread(y) > spread(x)
    let values = byY ? y : x
    order[range].sort { values[$0] < values[$1] }
    let middle = (range.lowerBound + range.upperBound) / 2
    nodes[number].byY = byY
    nodes[number].border = values[order[middle]]
    let low = add(range.lowerBound..<middle)
    nodes[number].halves = (low, add(middle..<range.upperBound))
    return number
  }

  /// How far the k-th nearest other point is from a point; there must be so many.
  func distance(ofNeighbor k: Int, from point: Int) -> Double {
    var nearest = Array(repeating: Double.infinity, count: k)
    search(0, point, &nearest)
    return nearest[k - 1]
  }

  private func search(_ number: Int, _ point: Int, _ nearest: inout [Double]) {
    let node = nodes[number]
    let last = nearest.count - 1
    guard let (low, high) = node.halves else {
      for other in order[node.range] where other != point {
        let distance = max((x[other] - x[point]).magnitude, (y[other] - y[point]).magnitude)
        guard distance < nearest[last] else { continue }
        var place = last
        while place > 0, nearest[place - 1] > distance {
          nearest[place] = nearest[place - 1]
          place -= 1
        }
        nearest[place] = distance
      }
      return
    }
    let gap = (node.byY ? y[point] : x[point]) - node.border
    search(gap < 0 ? low : high, point, &nearest)
    // Equal numbers may stand on both sides of the border.
    if gap.magnitude <= nearest[last] { search(gap < 0 ? high : low, point, &nearest) }
  }
}
