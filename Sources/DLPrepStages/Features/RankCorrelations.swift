import DLPrepData
import DLPrepPipeline

/// Spearman's correlations, of columns in memory.
///
/// A pair with missing values is ranked anew, over the rows where both are present. Ranks are
/// doubled, so that the mean of tied ones is a whole number, and every sum is exact.
struct RankCorrelations: Sendable {
  private var values: [[Double]]
  private var missing: [Bitmap]
  /// The rows in the order of each column's values.
  private var orders: [[Int]] = []
  /// The products of ranks over all rows: they hold for columns without gaps.
  private var products = Comoments(columns: 0)
  /// Of columns i ≤ j, at `j (j + 1) / 2 + i`.
  private var correlations: [Double] = []

  init(columns: Int) {
    let kept = columns <= Comoments.limit ? columns : 0
    values = Array(repeating: [], count: kept)
    missing = Array(repeating: Bitmap(), count: kept)
  }

  /// Takes in rows of the columns in the given slots.
  mutating func observe(_ block: Block, slots: [Int]) {
    if values.isEmpty { return }
    for (i, slot) in slots.enumerated() {
      let column = block.columns[slot]
      values[i] += column.numbers()
      for row in 0..<block.count { missing[i].append(column.missing[row]) }
    }
  }

  /// Adds later rows.
  mutating func merge(_ later: RankCorrelations) {
    for i in values.indices {
      values[i] += later.values[i]
      for row in 0..<later.missing[i].count { missing[i].append(later.missing[i][row]) }
    }
  }

  /// Ranks every column and compares them, once all rows are there.
  mutating func rank(_ threads: SpareThreads) {
    let (values, missing) = (values, missing)
    let block = Block(slots: values.count)
    block.rows = Rows(first: 0, count: values.first?.count ?? 0)
    orders = threads.map(values.count) { i in
      let (own, gaps) = (values[i], missing[i])
      let order = own.indices.filter { !gaps[$0] }.sorted { own[$0] < own[$1] }
      block.columns[i].prepare(.floats, count: block.count)
      block.columns[i].floats = Self.ranks(of: own, in: order).map(Double.init)
      return order
    }
    products = Comoments(columns: values.count)
    repeat {
      products.observe(block, slots: Array(values.indices), threads: threads)
    } while products.needsAnotherSweep()
    let known = self
    correlations = threads.map(values.count) { j in (0...j).map { known.compared($0, j) } }
      .flatMap { $0 }
  }

  /// The correlation of the ranks of columns i ≤ j.
  func correlation(_ i: Int, _ j: Int) -> Double { correlations[j * (j + 1) / 2 + i] }

  private func compared(_ i: Int, _ j: Int) -> Double {
    let (gaps, others) = (missing[i], missing[j])
    guard gaps.any || others.any else { return products.sums(i, j).correlation }
    let rows = orders[i].filter { !others[$0] }
    let x = Self.ranks(of: values[i], in: rows)
    let y = Self.ranks(of: values[j], in: orders[j].filter { !gaps[$0] })
    var sums = PairSums()
    for row in rows { sums.add(x[row], y[row]) }
    return sums.correlation
  }

  /// Twice the rank of each row among those given in the order of their values; 0 elsewhere.
  private static func ranks(of values: [Double], in order: [Int]) -> [Int64] {
    var ranks = Array(repeating: Int64(0), count: values.count)
    var start = 0
    while start < order.count {
      var end = start + 1
      while end < order.count, values[order[end]] == values[order[start]] { end += 1 }
      for place in start..<end { ranks[order[place]] = Int64(start + end + 1) }
      start = end
    }
    return ranks
  }
}
