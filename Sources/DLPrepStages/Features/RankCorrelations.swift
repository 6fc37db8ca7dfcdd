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

  /// Ranks every column, once all rows are there.
  mutating func rank() {
    orders = values.indices.map { i in
      let (values, missing) = (values[i], missing[i])
      return values.indices.filter { !missing[$0] }.sorted { values[$0] < values[$1] }
    }
    let block = Block(slots: values.count)
    block.rows = Rows(first: 0, count: values.first?.count ?? 0)
    for (i, order) in orders.enumerated() {
      let column = block.columns[i]
      column.prepare(.floats, count: block.count)
      column.floats = Self.ranks(of: values[i], in: order).map(Double.init)
    }
    products = Comoments(columns: values.count)
    repeat {
      products.observe(block, slots: Array(values.indices))
    } while products.needsAnotherSweep()
  }

  /// The correlation of two columns' ranks.
  func correlation(_ i: Int, _ j: Int) -> Double {
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
