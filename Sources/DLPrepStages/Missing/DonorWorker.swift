import DLPrepData
import DLPrepPipeline

/// Fills the missing values of blocks from donors: the work of `impute_knn`, one per worker.
final class DonorWorker {
  private let columns: [DonorCells]
  private let isGower: Bool
  private let isByDistance: Bool
  private let search: NeighbourSearch
  /// The axes of the search, by column; nil where the column is dropped.
  private var axes: [Int?] = []
  /// For each list of the search: the column that it is for.
  private var receivers: [Int] = []
  private var weights: [Double] = []

  init(_ fitted: ImputeKnn.Fitted) {
    columns = fitted.donors.map { DonorCells($0) }
    isGower = fitted.isGower
    isByDistance = fitted.isByDistance
    var points: [PointTable.Axis] = []
    for donors in fitted.donors {
      axes.append(donors.isDropped ? nil : points.count)
      if !donors.isDropped { points.append(donors.axis(isGower: isGower)) }
    }
    search = NeighbourSearch(
      PointTable(points, count: points.first?.values.count ?? 0), most: fitted.neighbors)
  }

  /// Fills a block, whose columns stand in `slots`.
  func work(_ block: Block, _ slots: [Int], _ run: RunContext) {
    var receiving = Bitmap(count: block.count)
    for (i, slot) in slots.enumerated() where axes[i] != nil {
      columns[i].read(block, slot, run)
      receiving = receiving.union(columns[i].missing)
    }
    receiving.forEachMissing { row in
      prepare(row)
      search.search()
      for (list, i) in receivers.enumerated() { fill(row, i, list) }
    }
    for (i, slot) in slots.enumerated() where axes[i] != nil { columns[i].write(block, slot) }
  }

  /// Tells the search what the row has and what it lacks.
  private func prepare(_ row: Int) {
    search.given.removeAll(keepingCapacity: true)
    search.wanted.removeAll(keepingCapacity: true)
    receivers.removeAll(keepingCapacity: true)
    for (i, column) in columns.enumerated() {
      guard let axis = axes[i] else { continue }
      if column.missing[row] {
        search.wanted.append(axis)
        receivers.append(i)
      } else if !isGower || column.hasRange {
        search.given.append(axis)
        search.row[axis] = column.cells[row]
      }
    }
  }

  /// Fills a value from the neighbours of a list.
  private func fill(_ row: Int, _ i: Int, _ list: Int) {
    let column = columns[i]
    weigh(list)
    let total = weights.reduce(0, +)
    guard search.count(of: list) > 0, total > 0 else { return column.fill(row, with: nil) }
    if column.donors.isCategory {
      column.fill(row, with: vote(column, list))
    } else {
      var sum = 0.0
      var place = 0
      search.forEach(of: list) { donor, _ in
        sum += column.donors.values[donor] * weights[place]
        place += 1
      }
      column.fill(row, with: sum / total)
    }
  }

  /// How much each neighbour counts.
  private func weigh(_ list: Int) {
    weights.removeAll(keepingCapacity: true)
    search.forEach(of: list) { _, difference in
      let distance = isGower ? difference : difference.squareRoot()
      weights.append(isByDistance ? 1 / distance : 1)
    }
    // Donors at the very place of the row count alone.
    guard weights.contains(.infinity) else { return }
    for i in weights.indices { weights[i] = weights[i] == .infinity ? 1 : 0 }
  }

  /// The category with most weight; of equal ones the first by bytes.
  private func vote(_ column: DonorCells, _ list: Int) -> Double {
    var best = (category: 0.0, weight: -1.0)
    search.forEach(of: list) { donor, _ in
      let category = column.donors.values[donor]
      var weight = 0.0
      var place = 0
      search.forEach(of: list) { other, _ in
        if column.donors.values[other] == category { weight += weights[place] }
        place += 1
      }
      if weight > best.weight || weight == best.weight && category < best.category {
        best = (category, weight)
      }
    }
    return best.category
  }
}
