import DLPrepData
import DLPrepPipeline

/// Fills the gathered training rows round by round, and keeps every regression on the way.
struct RegressionRounds {
  /// The columns, each missing value filled as well as known so far.
  private(set) var columns: [[Double]]
  /// The regressions, in the order in which they are made.
  private(set) var regressions: [Regression] = []
  private let missing: [Bitmap]
  private let present: [[Int]]

  /// Starts with the mean of each column.
  init(_ gathered: [GatheredColumn]) {
    columns = gathered.map { column in
      var values = column.values
      column.missing.forEachMissing { values[$0] = column.usual }
      return values
    }
    missing = gathered.map(\.missing)
    present = gathered.map { column in column.values.indices.filter { !column.missing[$0] } }
  }

  /// Goes over the columns in some order until no row changes by `tolerance` times the largest
  /// number that is known, or `most` rounds are over.
  mutating func run(
    _ order: [Int], most: Int, tolerance: Double, within bounds: ClosedRange<Double>
  ) {
    guard columns.count > 1 else { return }
    let largest = columns.indices.reduce(0.0) { largest, i in
      present[i].reduce(largest) { max($0, columns[i][$1].magnitude) }
    }
    for _ in 0..<most {
      var changes = Array(repeating: 0.0, count: columns[0].count)
      for column in order {
        let ridge = BayesianRidge(
          of: column, in: columns, rows: present[column], missing: missing[column])
        var regression = Regression()
        regression.column = column
        regression.coefficients = ridge.coefficients
        regression.intercept = ridge.intercept
        regression.fill(&columns, missing[column], within: bounds) { changes[$0] += $1.magnitude }
        regressions.append(regression)
      }
      if changes.max() ?? 0 < tolerance * largest { break }
    }
  }
}
