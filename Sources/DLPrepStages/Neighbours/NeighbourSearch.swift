import CDLPrepScan

/// Finds the nearest points of a row, by the axes that both have.
///
/// The distance is the mean difference over those axes; points that share none with the row, or are
/// too far for a number, are no neighbours. Of points at one distance those with the lower numbers
/// come first, so that the answer depends on nothing else. The work goes over blocks of points, those
/// on the row's side of a border first, and leaves out what can't be nearer than what was found.
final class NeighbourSearch {
  /// The coordinates of the row; those of axes that aren't `given` mean nothing.
  var row: [Double]
  /// The axes on which the row has a value.
  var given: [Int] = []
  /// For each list of neighbours: the axis on which they must have a value, or `anyAxis`.
  var wanted: [Int] = []
  /// A list of points that needn't have a value on a certain axis.
  static let anyAxis = -1

  private let points: PointTable
  private let most: Int
  private var values: [dlp_value] = []
  private var distances = [Double](repeating: 0, count: PointTable.block)
  private var found: [Neighbour] = []
  private var counts: [Int] = []
  /// The largest distance that any list could still use.
  private var limit = Double.infinity

  private struct Neighbour {
    var distance = 0.0
    var point = 0
    func isBehind(_ distance: Double, _ point: Int) -> Bool {
      self.distance > distance || self.distance == distance && self.point > point
    }
  }

  /// Looks for `most` neighbours among the points.
  init(_ points: PointTable, most: Int) {
    self.points = points
    self.most = max(1, min(most, points.count))
    row = Array(repeating: 0, count: points.axes)
  }

  /// Finds the neighbours of the row for each list, but for one point that is the row itself.
  func search(without point: Int = -1) {
    let room = wanted.count * most
    while found.count < room { found.append(Neighbour()) }
    counts.removeAll(keepingCapacity: true)
    for _ in wanted { counts.append(0) }
    values.removeAll(keepingCapacity: true)
    for axis in given { values.append(points.measures[axis].value(row[axis], on: axis)) }
    limit = .infinity
    if points.count > 0, !wanted.isEmpty { visit(0, without: point) }
  }

  /// Calls `body` with each neighbour of a list, the nearest first, and with its distance.
  @inline(__always)
  func forEach(of list: Int, _ body: (_ point: Int, _ distance: Double) -> Void) {
    for i in list * most..<list * most + counts[list] { body(found[i].point, found[i].distance) }
  }

  /// How many neighbours there are in a list.
  func count(of list: Int) -> Int { counts[list] }

  private func visit(_ number: Int, without point: Int) {
    let node = points.tree.nodes[number]
    guard let (lower, upper) = node.halves else { return collect(node.range, without: point) }
    let isBelow = row[node.axis] < node.border
    visitIfNear(isBelow ? lower : upper, without: point)
    visitIfNear(isBelow ? upper : lower, without: point)
  }

  private func visitIfNear(_ node: Int, without point: Int) {
    let bound = points.tree.bound(of: node, from: row, on: given, points.measures)
    if !(bound > limit) { visit(node, without: point) }
  }

  /// Takes the nearest points of a block into the lists.
  private func collect(_ range: Range<Int>, without point: Int) {
    var near = measure(range)
    while near != 0 {
      let i = near.trailingZeroBitCount
      near &= near &- 1
      let (place, number) = (range.lowerBound + i, points.order[range.lowerBound + i])
      guard number != point, distances[i] < .infinity else { continue }
      for (list, axis) in wanted.enumerated() where axis < 0 || points.isPresent(place, axis) {
        add(number, at: distances[i], to: list)
      }
    }
    limit = 0
    for list in wanted.indices {
      limit = max(limit, counts[list] < most ? .infinity : found[list * most + most - 1].distance)
    }
  }

  /// The distances of a block's points, and a bit for each that is within the limit.
  private func measure(_ range: Range<Int>) -> UInt64 {
    let (gaps, limit) = (Int32(points.hasGaps ? 1 : 0), limit)
    // Behind the last point there is nothing to be near to.
    let all = UInt64.max >> UInt64(PointTable.block - range.count)
    let near = unsafe values.withUnsafeBufferPointer { values in
      unsafe distances.withUnsafeMutableBufferPointer { distances in
        unsafe points.withBlock(from: range.lowerBound) { block in
          unsafe dlp_near(
            block, values.baseAddress, values.count, gaps, limit, distances.baseAddress)
        }
      }
    }
    return (near ?? 0) & all
  }

  private func add(_ point: Int, at distance: Double, to list: Int) {
    let start = list * most
    let isFull = counts[list] == most
    if isFull, !found[start + most - 1].isBehind(distance, point) { return }
    if !isFull { counts[list] += 1 }
    var place = start + counts[list] - 1
    while place > start, found[place - 1].isBehind(distance, point) {
      found[place] = found[place - 1]
      place -= 1
    }
    found[place] = Neighbour(distance: distance, point: point)
  }
}
