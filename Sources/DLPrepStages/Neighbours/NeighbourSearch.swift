/// Finds the nearest points of a row, by the axes that both have.
///
/// The distance is the mean difference over those axes; points that share none with the row, or are
/// too far for a number, are no neighbours. Of points at one distance those with the lower numbers
/// come first, so that the answer depends on nothing else. The work goes over pieces of the points
/// that stay in the cache, and takes no memory for a row.
final class NeighbourSearch {
  /// How many points are measured at a time.
  private static let piece = 512

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
  private var sums = [Double](repeating: 0, count: NeighbourSearch.piece)
  private var shared = [Double](repeating: 0, count: NeighbourSearch.piece)
  private var distances: [Double] = []
  private var numbers: [Int] = []
  private var found: [Int] = []

  /// Looks for `most` neighbours among the points.
  init(_ points: PointTable, most: Int) {
    self.points = points
    self.most = max(1, min(most, points.count))
    row = Array(repeating: 0, count: points.axes.count)
  }

  /// Finds the neighbours of the row for each list, but for one point that is the row itself.
  func search(without point: Int = -1) {
    let room = wanted.count * most
    if numbers.count < room {
      distances = Array(repeating: 0, count: room)
      numbers = Array(repeating: 0, count: room)
    }
    found.removeAll(keepingCapacity: true)
    for _ in wanted { found.append(0) }
    for first in stride(from: 0, to: points.count, by: Self.piece) {
      let count = min(Self.piece, points.count - first)
      unsafe sums.withUnsafeMutableBufferPointer { sums in
        let sums = unsafe UnsafeMutableBufferPointer(rebasing: sums[..<count])
        unsafe measure(sums, from: first)
        for list in wanted.indices { unsafe collect(list, sums, from: first, without: point) }
      }
    }
  }

  /// Calls `body` with each neighbour of a list, the nearest first, and with its distance.
  @inline(__always)
  func forEach(of list: Int, _ body: (_ point: Int, _ distance: Double) -> Void) {
    for i in list * most..<list * most + found[list] { body(numbers[i], distances[i]) }
  }

  /// How many neighbours there are in a list.
  func count(of list: Int) -> Int { found[list] }

  /// The number of a neighbour, the nearest being 0.
  func neighbour(_ place: Int, of list: Int) -> Int { numbers[list * most + place] }

  /// Measures the distances to some points.
  private func measure(_ sums: UnsafeMutableBufferPointer<Double>, from first: Int) {
    unsafe shared.withUnsafeMutableBufferPointer { shared in
      unsafe sums.update(repeating: 0)
      unsafe shared.update(repeating: 0)
      for axis in given {
        unsafe points.axes[axis].add(row[axis], from: first, to: sums, shared)
      }
      // Nothing shared is 0 ÷ 0: not a number, and so below no other.
      for i in 0..<sums.count { unsafe sums[i] /= shared[i] }
    }
  }

  /// Takes the nearest of some points into a list.
  private func collect(
    _ list: Int, _ sums: UnsafeMutableBufferPointer<Double>, from first: Int, without point: Int
  ) {
    let axis = wanted[list]
    let present = axis < 0 ? [] : points.axes[axis].present
    var count = found[list]
    let start = list * most
    var worst = count == most ? distances[start + most - 1] : .infinity
    for i in 0..<sums.count {
      let distance = unsafe sums[i]
      guard distance < worst, first + i != point else { continue }
      if !present.isEmpty, present[first + i] == 0 { continue }
      if count < most { count += 1 }
      var place = start + count - 1
      while place > start, distances[place - 1] > distance {
        distances[place] = distances[place - 1]
        numbers[place] = numbers[place - 1]
        place -= 1
      }
      distances[place] = distance
      numbers[place] = first + i
      if count == most { worst = distances[start + most - 1] }
    }
    found[list] = count
  }
}
