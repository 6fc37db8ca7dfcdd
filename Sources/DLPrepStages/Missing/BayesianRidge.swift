import DLPrepData
import DLPrepPipeline

/// A linear regression whose penalty is found from the data, after MacKay (1992), as scikit-learn
/// 1.9's `BayesianRidge` does it with every parameter at its default.
struct BayesianRidge {
  /// The factor of each column.
  private(set) var coefficients: [Double]
  /// What is added to the sum.
  private(set) var intercept: Double

  private static let rounds = 300
  private static let tolerance = 1e-3
  /// The parameters of the distributions that the penalty and the noise are drawn from.
  private static let prior = 1e-6
  /// How many rows are worked on at a time.
  private static let piece = 256

  /// Regresses one column on all others, over the rows where it isn't missing.
  init(of target: Int, in columns: [[Double]], rows: [Int], missing: Bitmap) {
    let others = columns.indices.filter { $0 != target }
    let order = others + [target]
    let means = order.map { column -> Double in
      var sum = ExactSum()
      let (values, words) = (columns[column], missing.words)
      sum.add(values.span, missing: words.span)
      return sum.divided(by: rows.count)
    }
    var reduction = RowReduction(width: order.count)
    for start in stride(from: 0, to: rows.count, by: Self.piece) {
      let some = rows[start..<min(start + Self.piece, rows.count)]
      unsafe reduction.add(rows: some.count) { place, piece in
        let (column, mean) = (columns[order[place]], means[place])
        for (i, row) in some.enumerated() { unsafe piece[i] = column[row] - mean }
      }
    }
    coefficients = Self.coefficients(reduction, rows: Double(rows.count))
    intercept = means[others.count]
    for (mean, factor) in zip(means, coefficients) { intercept -= mean * factor }
  }

  /// The factors, from the triangle of the columns and, last, of what they are to explain.
  private static func coefficients(_ reduction: RowReduction, rows: Double) -> [Double] {
    let (width, count) = (reduction.width, reduction.width - 1)
    let triangle = reduction.triangle
    let sought = Array(triangle[count * width..<count * width + count])
    let rest = triangle[width * width - 1] * triangle[width * width - 1]
    let columns = (0..<count).flatMap { triangle[$0 * width..<$0 * width + count] }
    let turned = SingularVectors(columns: columns, count: count)
    let squares = turned.squares
    let products = turned.scaled.rows(count).map { zip($0, sought).reduce(0) { $0 + $1.0 * $1.1 } }

    var noise = 1 / ((sought.reduce(rest) { $0 + $1 * $1 }) / rows + Double.ulpOfOne)
    var penalty = 1.0
    /// How much there is of each right singular vector.
    func shares() -> [Double] { zip(products, squares).map { $0 / ($1 + penalty / noise) } }

    var last: [Double]?
    for _ in 0..<Self.rounds {
      let shares = shares()
      let found = turned.right.sum(of: shares, count)
      let explained = turned.scaled.sum(of: shares, count)
      let error = zip(sought, explained).reduce(rest) { $0 + ($1.0 - $1.1) * ($1.0 - $1.1) }
      let effective = squares.reduce(0) { $0 + noise * $1 / (penalty + noise * $1) }
      let size = found.reduce(0) { $0 + $1 * $1 }
      penalty = (effective + 2 * prior) / (size + 2 * prior)
      noise = (rows - effective + 2 * prior) / (error + 2 * prior)
      let change = last.map { zip($0, found).reduce(0) { $0 + ($1.0 - $1.1).magnitude } }
      if let change, change < tolerance { break }
      last = found
    }
    return turned.right.sum(of: shares(), count)
  }
}

extension [Double] {
  /// The rows of a matrix of that many columns.
  fileprivate func rows(_ width: Int) -> [ArraySlice<Double>] {
    width == 0 ? [] : stride(from: 0, to: count, by: width).map { self[$0..<$0 + width] }
  }

  /// The sum of the rows, each times its factor.
  fileprivate func sum(of factors: [Double], _ width: Int) -> [Double] {
    var total = [Double](repeating: 0, count: width)
    for (factor, row) in zip(factors, rows(width)) {
      for (i, value) in row.enumerated() { total[i] += factor * value }
    }
    return total
  }
}
