/// Halves points again and again by the axis on which they lie farthest apart.
///
/// The halves are ranges of an order of the points; the last ones, the leaves, are blocks.
struct PointTree: Sendable {
  /// The whole first, each half after what it is a half of.
  private(set) var nodes: [Node] = []
  /// By node and axis: the smallest and the largest value; empty where some are missing.
  private var boxes: [ClosedRange<Double>] = []
  private let axes: Int

  /// Points that stand together.
  struct Node: Sendable {
    /// Where they stand.
    var range: Range<Int>
    /// The axis by which they are halved, and the smallest value of the upper half.
    var axis = 0
    var border = 0.0
    /// The nodes of both halves; none: a leaf.
    var halves: (lower: Int, upper: Int)?
  }

  /// The tree of points, and the order in which they stand in it.
  static func grown(
    _ axes: [PointTable.Axis], count: Int, hasBoxes: Bool
  ) -> (PointTree, order: [Int]) {
    var tree = PointTree(axes: axes.count)
    var order = Array(0..<count)
    var parting = Parting()
    if count > 0 { _ = tree.grow(0..<count, axes, &order, &parting, hasBoxes) }
    return (tree, order)
  }

  private init(axes: Int) { self.axes = axes }

  private mutating func grow(
    _ range: Range<Int>, _ all: [PointTable.Axis], _ order: inout [Int],
    _ parting: inout Parting, _ hasBoxes: Bool
  ) -> Int {
    let number = nodes.count
    nodes.append(Node(range: range))
    let box = all.map { axis -> ClosedRange<Double> in
      var (least, most) = (Double.infinity, -Double.infinity)
      for place in range {
        let value = axis.values[order[place]]
        (least, most) = (min(least, value), max(most, value))
      }
      return least...max(least, most)
    }
    if hasBoxes { boxes += box }
    let block = PointTable.block
    let widths = zip(all, box).map { $0.measure($1.upperBound - $1.lowerBound) }
    guard range.count > block, let widest = widths.indices.max(by: { widths[$0] < widths[$1] })
    else { return number }
    let middle = range.lowerBound + (range.count / 2 + block - 1) / block * block
    let values = all[widest].values
    parting.part(range, at: middle) {
      values[order[$0]]
    } swap: {
      order.swapAt($0, $1)
    }
    nodes[number].axis = widest
    nodes[number].border = values[order[middle]]
    let lower = grow(range.lowerBound..<middle, all, &order, &parting, hasBoxes)
    let upper = grow(middle..<range.upperBound, all, &order, &parting, hasBoxes)
    nodes[number].halves = (lower, upper)
    return number
  }

  /// A distance that no point of a node is nearer than; 0 where that can't be told.
  ///
  /// It is added up as distances are, of differences none of which is larger, so that rounding can't
  /// put it above one.
  func bound(
    of node: Int, from row: [Double], on given: [Int], _ measures: [PointTable.Measure]
  )
    -> Double
  {
    if boxes.isEmpty { return 0 }
    var sum = 0.0
    for axis in given {
      let box = boxes[node * axes + axis]
      let gap = max(0, max(box.lowerBound - row[axis], row[axis] - box.upperBound))
      sum += measures[axis](gap)
    }
    return sum / Double(given.count)
  }
}
