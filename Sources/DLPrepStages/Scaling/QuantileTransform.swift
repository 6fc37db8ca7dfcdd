public import DLPrepData
public import DLPrepPipeline

/// Replaces a number by the share of smaller ones at fit, or by the normal number of that share.
///
/// ```yaml
/// - quantile_transform: {columns: income, n_quantiles: 5}
/// ```
/// ```csv
/// income
/// 10
/// 20
/// 20
/// 20
/// 100
/// ```
/// becomes
/// ```csv
/// income
/// 0.0
/// 0.5
/// 0.5
/// 0.5
/// 1.0
/// ```
/// It learns `n_quantiles` quantiles (no more than there are rows), exactly. Between two of them a
/// number is interpolated, from below and from above, and the mean of both taken, so that equal
/// numbers come into the middle of their run. Numbers beyond become 0 or 1; the normal output ends
/// at the quantile of 1e-7, about ±5.2. Missing values stay missing. Same as scikit-learn
/// `QuantileTransformer` without `subsample`. Cost: exact quantiles.
public struct QuantileTransform: ColumnStage {
  /// What comes out.
  public enum Form: String, Sendable, CaseIterable, ParameterValue {
    case uniform
    case normal
  }

  /// The key in pipeline files.
  public static let name = "quantile_transform"
  /// One sentence for listings.
  public static let summary = "Replaces a number by the share of smaller ones at fit."
  /// What others call it.
  public static let otherNames = [
    "QuantileTransformer", "rank_gauss", "step_percentile", "percent_rank", "step_orderNorm",
  ]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.scaler
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .numeric
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("n_quantiles", \.quantileCount, in: 2...10_000, "How many quantiles are learned."),
    .init("output", \.output, "What comes out: shares, or numbers of the normal distribution."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [Self(), Self(.numeric) { ($0.quantileCount, $0.output) = (7, .normal) }]
  }
  /// The keys that stages share.
  public var common = Common()
  /// How many quantiles are learned.
  public var quantileCount = 1000
  /// What comes out.
  public var output = Form.uniform
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .lossy("numbers are interpolated between the quantiles") }
  /// It brings numbers to a scale.
  public var purposes: Purposes { .scales }
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) { try refuse(.category, .ignore) }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] {
    known.has(.count) ? [.count] + quantiles(known) : [.count]
  }
  /// How many quantiles there are depends on the number of rows.
  public func laterQuestions(_ field: Field) -> [LaterQuestion] {
    [LaterQuestion("up to \(quantileCount) quantiles", sweeps: 5)]
  }

  private func quantiles(_ known: Answers) -> [Statistic] {
    // As numpy's percentiles of 100 times the share.
    evenShares(min(quantileCount, max(1, known.count.rows))).map {
      .quantile($0 * 100 / 100, .linear)
    }
  }

  /// What it learns of the column: its quantiles, rising.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> [Double] {
    try answers.requireValues(of: field)
    let found = quantiles(answers).map { answers.number($0) }
    try requireFinite(found[0], found[found.count - 1], of: field)
    return found
  }
  /// Whether it can have been learned.
  public func check(_ loaded: [Double], for field: Field) throws(PrepError) {
    try requireLearned(!loaded.isEmpty, "quantiles")
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: [Double]?) -> [Output] { [.same(.float)] }
  /// Opens the work.
  public func kernel(_ learned: [Double], for field: Field, _ slots: Slots) -> Kernel {
    let ranks = QuantileRanks(learned)
    let isNormal = output == .normal
    return unsafe floatKernel(slots) { numbers in
      for i in 0..<numbers.count {
        let number = unsafe numbers[i]
        unsafe numbers[i] = isNormal ? ranks.normal(number) : ranks.share(number)
      }
    }
  }
  /// Opens the way back.
  public func inverseKernel(_ learned: [Double], for field: Field, _ slots: Slots) -> Kernel? {
    let ranks = QuantileRanks(learned)
    let isNormal = output == .normal
    return inverseFloats(slots) { ranks.number(at: isNormal ? normalShare($0) : $0) }
  }
}

/// Evenly spaced shares from 0 to 1, as numpy's `linspace(0, 1, count)`.
func evenShares(_ count: Int) -> [Double] {
  guard count > 1 else { return [0] }
  let step = 1 / Double(count - 1)
  return (0..<count).map { $0 == count - 1 ? 1 : Double($0) * step }
}

/// Where numbers lie among quantiles.
private struct QuantileRanks {
  private let quantiles: [Double]
  private let shares: [Double]
  // Below this share there are no normal numbers to tell apart.
  private static let threshold = 1e-7
  private let least = normalQuantile(threshold - .ulpOfOne)
  private let most = normalQuantile(1 - (threshold - .ulpOfOne))

  init(_ quantiles: [Double]) {
    self.quantiles = quantiles
    shares = evenShares(quantiles.count)
  }

  /// The share of smaller numbers.
  func share(_ x: Double) -> Double {
    let last = quantiles.count - 1
    if x <= quantiles[0] || !(x == x) { return 0 }
    if x >= quantiles[last] { return 1 }
    return between(x)
  }

  /// The number below which that share of a normal distribution lies.
  func normal(_ x: Double) -> Double {
    let last = quantiles.count - 1
    if x - Self.threshold < quantiles[0] || !(x == x) { return least }
    if x + Self.threshold > quantiles[last] { return most }
    return min(max(normalQuantile(between(x)), least), most)
  }

  /// The number that a share stands for, interpolated between quantiles.
  func number(at share: Double) -> Double {
    let last = quantiles.count - 1
    // Beside the ends of the normal numbers lies all that is beyond.
    if share <= Self.threshold || last == 0 { return quantiles[0] }
    if share >= 1 - Self.threshold { return quantiles[last] }
    let position = share * Double(last)
    let below = min(Int(position), last - 1)
    return quantiles[below] + (position - Double(below)) * (quantiles[below + 1] - quantiles[below])
  }

  /// The mean of the interpolations from below and from above.
  private func between(_ x: Double) -> Double {
    let upper = firstIndex(notBelow: x)
    let above: Double
    if quantiles[upper] == x || upper == 0 {
      above = shares[upper]
    } else {
      let slope =
        (shares[upper] - shares[upper - 1]) / (quantiles[upper] - quantiles[upper - 1])
      above = shares[upper] - slope * (quantiles[upper] - x)
    }
    let next = firstIndex(above: x)
    let lower = next - 1
    let below: Double
    if lower < 0 || quantiles[lower] == x || next == quantiles.count {
      below = shares[max(lower, 0)]
    } else {
      let slope = (shares[next] - shares[lower]) / (quantiles[next] - quantiles[lower])
      below = slope * (x - quantiles[lower]) + shares[lower]
    }
    return 0.5 * (below + above)
  }

  private func firstIndex(notBelow x: Double) -> Int {
    var (low, high) = (0, quantiles.count - 1)
    while low < high {
      let middle = (low + high) / 2
      if quantiles[middle] < x { low = middle + 1 } else { high = middle }
    }
    return low
  }

  private func firstIndex(above x: Double) -> Int {
    var (low, high) = (0, quantiles.count)
    while low < high {
      let middle = (low + high) / 2
      if quantiles[middle] <= x { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
