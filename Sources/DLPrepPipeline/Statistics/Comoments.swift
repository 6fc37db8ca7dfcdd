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
  package mutating func observe(_ block: Block, slots: [Int]) {
    if ranges.isEmpty { return }
    let values = slots.map { block.columns[$0].numbers() }
    let missing = slots.map { block.columns[$0].missing }
    guard let scales else {
      for i in ranges.indices {
        let (numbers, gaps) = (values[i], missing[i].words)
        ranges[i].add(numbers.span, gaps.span)
      }
      rows += block.count
      return
    }
    let size = 256
    var tile = Array(repeating: Int64(0), count: columns * size)
    for start in stride(from: 0, to: block.count, by: size) {
      let count = min(size, block.count - start)
      for i in 0..<columns {
        let (scale, hasHoles) = (scales[i], holes[i] != nil)
        for row in 0..<count {
          tile[i * size + row] =
            hasHoles && missing[i][start + row] ? 0 : scale(values[i][start + row])
        }
      }
      unsafe tile.withUnsafeBufferPointer { tile in
        guard let tile = tile.baseAddress else { return }
        unsafe addSums(tile, size, count)
        unsafe addProducts(tile, size, count)
        unsafe addLost(tile, size, count, missing, start)
      }
    }
  }

  private mutating func addSums(_ tile: UnsafePointer<Int64>, _ size: Int, _ count: Int) {
    for i in 0..<columns {
      let x = unsafe tile + i * size
      var sum: Int128 = 0
      for row in 0..<count { unsafe sum &+= Int128(x[row]) }
      sums[i] += sum
    }
  }

  private mutating func addProducts(_ tile: UnsafePointer<Int64>, _ size: Int, _ count: Int) {
    let columns = columns
    unsafe products.withUnsafeMutableBufferPointer { products in
      for j in stride(from: 0, to: columns, by: 4) {
        // Four columns at a time, the last one again where there are fewer.
        let last = columns - 1
        let (k, l, m, n) = (j, min(j + 1, last), min(j + 2, last), min(j + 3, last))
        let (a, b) = unsafe (tile + k * size, tile + l * size)
        let (c, d) = unsafe (tile + m * size, tile + n * size)
        for i in 0...n {
          let x = unsafe tile + i * size
          var (s, t, u, v): (Int128, Int128, Int128, Int128) = (0, 0, 0, 0)
          for row in 0..<count {
            let value = unsafe Int128(x[row])
            unsafe s &+= value &* Int128(a[row])
            unsafe t &+= value &* Int128(b[row])
            unsafe u &+= value &* Int128(c[row])
            unsafe v &+= value &* Int128(d[row])
          }
          if i <= k { unsafe products[Self.pair(i, k)] += s }
          if l > k, i <= l { unsafe products[Self.pair(i, l)] += t }
          if m > l, i <= m { unsafe products[Self.pair(i, m)] += u }
          if n > m { unsafe products[Self.pair(i, n)] += v }
        }
      }
    }
  }

  private mutating func addLost(
    _ tile: UnsafePointer<Int64>, _ size: Int, _ count: Int, _ missing: [Bitmap], _ start: Int
  ) {
    for (j, hole) in holes.enumerated() {
      guard let hole else { continue }
      let gone = (0..<count).filter { missing[j][start + $0] }
      if gone.isEmpty { continue }
      for i in 0..<columns {
        let x = unsafe tile + i * size
        var lost = self.lost[hole * columns + i]
        for row in gone {
          let value = unsafe Int128(x[row])
          lost.count += missing[i][start + row] ? 0 : 1
          lost.sum += value
          lost.squares += value * value
        }
        self.lost[hole * columns + i] = lost
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
    return true
  }

  private static func pair(_ i: Int, _ j: Int) -> Int { j * (j + 1) / 2 + i }

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
