package import DLPrepData

/// Covariances and correlations of columns, pair by pair, in two sweeps: any order, any partition
/// and any merging give the same bits.
///
/// The first sweep finds each column's mean and its largest distance from it; in the second the
/// numbers become whole numbers (`FixedPoint`), whose products are summed exactly. A pair of columns
/// with missing values goes by the rows where both are present. Memory: 16 bytes a pair of columns,
/// and 40 more for each pair with a column that has missing values.
package struct Comoments: Sendable {
  /// The most columns that it takes: their pairs need 0.8 GB.
  package static let limit = 10_000

  /// How many columns there are.
  package let columns: Int
  /// How many rows there are.
  package private(set) var rows = 0
  private var ranges: [ColumnRange]
  private var scales: [FixedPoint]?
  /// The sums of whole numbers, and how many there are.
  private var sums: [Int128] = []
  /// The sums of products of columns i ≤ j, at `j (j + 1) / 2 + i`.
  private var products: [Int128] = []
  /// For each column with missing values: its place among such columns.
  private var holes: [Int?] = []
  /// Of column i in the rows where column j is missing, at `holes[j] * columns + i`.
  private var lost: [Lost] = []
  /// The rows that are worked on, as long as the second sweep lasts.
  private var panels: ProductPanels?

  private struct Lost: Sendable {
    var count = 0
    var sum: Int128 = 0
    var squares: Int128 = 0
  }

  /// For so many columns; beyond `limit` it takes nothing in.
  package init(columns: Int) {
    self.columns = columns
    ranges = Array(repeating: ColumnRange(), count: columns <= Self.limit ? columns : 0)
  }

  /// Whether all numbers were finite, with a finite distance from the mean.
  package var isFinite: Bool { ranges.allSatisfy(\.isFinite) }
  /// Each column's mean, rounded once; 0 without values.
  package var means: [Double] { ranges.map(\.mean) }

  /// Takes in rows of the columns in the given slots.
  package mutating func observe(_ block: Block, slots: [Int], threads: SpareThreads) {
    if ranges.isEmpty { return }
    let columns = slots.map { block.columns[$0] }
    guard let scales else {
      let before = ranges
      ranges = threads.map(columns.count) { i in
        var range = before[i]
        let gaps = columns[i].missing.words
        columns[i].withNumbers { range.add($0, gaps.span) }
        return range
      }
      rows += block.count
      return
    }
    guard var panels = panels.take() else { return }
    for start in stride(from: 0, to: block.count, by: panels.most) {
      let range = start..<min(start + panels.most, block.count)
      for (i, sum) in panels.fill(columns, scales, range, threads).enumerated() { sums[i] += sum }
      addProducts(panels, threads)
      addLost(panels, columns, range, threads)
    }
    self.panels = panels
  }

  private mutating func addProducts(_ panels: ProductPanels, _ threads: SpareThreads) {
    // Squares of panels, small enough for a cache and for all threads to get some.
    let side = max(1, min(4, panels.count / 8))
    let squares = (panels.count + side - 1) / side
    let columns = columns
    unsafe products.withUnsafeMutableBufferPointer { products in
      nonisolated(unsafe) let products = unsafe products
      _ = threads.map(squares * (squares + 1) / 2) { number in
        let (low, high) = Self.place(of: number)
        for b in high * side..<min(high * side + side, panels.count) {
          for a in low * side..<min(low * side + side, b + 1) {
            panels.products(a, b) { i, j, sum in
              if j < columns { unsafe products[Self.pair(i, j)] &+= sum }
            }
          }
        }
      }
    }
  }

  private mutating func addLost(
    _ panels: ProductPanels, _ all: [Column], _ range: Range<Int>, _ threads: SpareThreads
  ) {
    let (columns, holes) = (columns, holes)
    unsafe lost.withUnsafeMutableBufferPointer { lost in
      nonisolated(unsafe) let lost = unsafe lost
      _ = threads.map(columns) { j in
        guard let hole = holes[j] else { return }
        let missing = all[j].missing
        let gone = range.filter { missing[$0] }.map { UInt32($0 - range.lowerBound) }
        if gone.isEmpty { return }
        for panel in 0..<panels.count {
          panels.parts(of: panel, in: gone) { i, count, sum, squares in
            guard i < columns else { return }
            unsafe lost[hole * columns + i].count += count
            unsafe lost[hole * columns + i].sum += sum
            unsafe lost[hole * columns + i].squares += squares
          }
        }
      }
    }
  }

  /// Takes over what was gathered from later rows in the same sweep.
  package mutating func merge(_ later: Comoments) {
    if scales == nil {
      for i in ranges.indices { ranges[i].merge(later.ranges[i]) }
      rows += later.rows
      return
    }
    for i in sums.indices { sums[i] += later.sums[i] }
    for i in products.indices { products[i] += later.products[i] }
    for i in lost.indices {
      lost[i].count += later.lost[i].count
      lost[i].sum += later.lost[i].sum
      lost[i].squares += later.lost[i].squares
    }
  }

  /// Whether the rows are needed once more: after the first sweep.
  package mutating func needsAnotherSweep() -> Bool {
    panels = nil
    guard scales == nil, !ranges.isEmpty, isFinite else { return false }
    scales = ranges.map {
      FixedPoint(center: $0.mean, distance: $0.distance, rows: rows)
    }
    sums = Array(repeating: 0, count: columns)
    products = Array(repeating: 0, count: columns * (columns + 1) / 2)
    var number = 0
    holes = ranges.map { range in
      guard range.count < rows else { return nil }
      number += 1
      return number - 1
    }
    lost = Array(repeating: Lost(), count: number * columns)
    let bits = scales?.first?.bits ?? 0
    panels = ProductPanels(columns: columns, bits: bits, hasGaps: number > 0)
    return true
  }

  private static func pair(_ i: Int, _ j: Int) -> Int { j * (j + 1) / 2 + i }

  /// The columns of a pair by its number.
  private static func place(of number: Int) -> (i: Int, j: Int) {
    var j = Int((2 * Double(number)).squareRoot())
    while pair(0, j) > number { j -= 1 }
    while pair(0, j + 1) <= number { j += 1 }
    return (number - pair(0, j), j)
  }

  /// The sums over the rows where both columns are present.
  package func sums(_ i: Int, _ j: Int) -> PairSums {
    var pair = PairSums()
    pair.count = ranges[i].count
    (pair.x, pair.y) = (sums[i], sums[j])
    pair.xx = products[Self.pair(i, i)]
    pair.yy = products[Self.pair(j, j)]
    pair.xy = products[Self.pair(min(i, j), max(i, j))]
    if let hole = holes[j] {
      let lost = lost[hole * columns + i]
      pair.count -= lost.count
      pair.x -= lost.sum
      pair.xx -= lost.squares
    }
    if let hole = holes[i] {
      let lost = lost[hole * columns + j]
      pair.y -= lost.sum
      pair.yy -= lost.squares
    }
    return pair
  }

  /// The sample's covariance.
  package func covariance(_ i: Int, _ j: Int) -> Double {
    guard let scales else { return .nan }
    return sums(i, j).covariance(exponent: scales[i].exponent + scales[j].exponent)
  }
}
