public import DLPrepData
public import DLPrepPipeline

/// Cuts numbers into bins.
///
/// ```yaml
/// - bin: {columns: age, method: edges, edges: [0, 18, 65, 120], output: label}
/// ```
/// ```csv
/// age
/// 5
/// 18
/// 200
/// ```
/// becomes
/// ```csv
/// age
/// "[0, 18)"
/// "[18, 65)"
/// "[65, 120)"
/// ```
/// It learns the edges, unless they are given: of equal counts (`quantile`), equal widths
/// (`uniform`) or one-dimensional k-means. Bins narrower than 1e-8 are merged (quantile, kmeans); a
/// constant column has one bin; numbers beyond the edges go to the first and the last bin. Missing
/// values stay missing; with `missing: category` they get the bin after the last (a component only
/// where a value was missing at fit). Where the rows have weights (role `weight`), edges are found as
/// with scikit-learn's `sample_weight`. Same as scikit-learn 1.9 `KBinsDiscretizer`. Cost: exact
/// quantiles, one sweep, or every distinct number; with weights the column in memory.
public struct Bin: ColumnStage {
  /// How the edges are found.
  public enum Method: String, Sendable, CaseIterable, ParameterValue {
    case quantile
    case uniform
    case kmeans
    case edges
  }
  /// What a bin becomes.
  public enum Form: String, Sendable, CaseIterable, ParameterValue {
    case ordinal
    case oneHot = "one_hot"
    case label
  }

  /// The key in pipeline files.
  public static let name = "bin"
  /// One sentence for listings.
  public static let summary = "Cuts numbers into bins."
  /// What others call it.
  public static let otherNames = [
    "KBinsDiscretizer", "discretize", "bucketize", "cut", "qcut", "step_discretize", "Bucketizer",
  ]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.scaler
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .numeric
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("method", \.method, "How the edges are found."),
    .init("bins", \.bins, in: 2...100_000, "How many bins."),
    .init("edges", \.edges, "The edges of method edges, rising."),
    .init("output", \.output, "What a bin becomes: its number, components, or a label."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(.numeric) { ($0.method, $0.bins) = (.uniform, 3) },
      Self(.numeric) { ($0.method, $0.bins, $0.output) = (.kmeans, 2, .label) },
      Self(.numeric) {
        ($0.method, $0.edges, $0.output) = (.edges, [0, 1.5, 4], .oneHot)
        $0.common.missing = .category
      },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// How the edges are found.
  public var method = Method.quantile
  /// How many bins.
  public var bins = 5
  /// The edges of method edges.
  public var edges: [Double]?
  /// What a bin becomes.
  public var output = Form.ordinal
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .lossy("a number comes back as the middle of its bin") }

  /// The edges, and whether missing values are a bin.
  public struct Learned: SavedByFields {
    /// All edges, rising; empty: one bin for everything.
    public var edges: [Double] = []
    /// Whether missing values have a bin.
    public var hasMissing = false
    /// Everything at its default.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("edges", \.edges), .init("missing", \.hasMissing),
    ]

    /// The edges between bins.
    var inner: [Double] { Array(edges.dropFirst().dropLast()) }
    /// The label of each bin.
    var labels: [String] {
      let words = edges.isEmpty ? ["-inf", "inf"] : edges.map(label)
      return zip(words, words.dropFirst()).map { "[\($0), \($1))" }
    }
    /// What each component stands for.
    var components: [String] { labels + (hasMissing ? ["missing"] : []) }
  }

  /// All edges that are learned go by the rows' weights.
  public var usesWeights: Bool { method != .edges }
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    if output != .oneHot { try refuse(.ignore) }
    guard method == .edges else {
      if edges != nil { throw PrepError(.value, "expected 'method: edges' with 'edges'") }
      return
    }
    guard let edges, edges.count >= 2, zip(edges, edges.dropFirst()).allSatisfy({ $0 < $1 }) else {
      throw PrepError(.value, "'edges': expected two or more rising numbers")
    }
    if bins != 5 { throw PrepError(.value, "expected 'bins' or 'edges', found both") }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] {
    switch method {
    case .edges: common.missing == .category ? [.count] : []
    case .uniform: [.count, known.byWeight(.extremes)]
    case .kmeans:
      [.count, known.byWeight(.extremes), .moments, known.byWeight(.distribution)]
    case .quantile: [.count, known.byWeight(.extremes)] + quantiles.map(known.byWeight)
    }
  }

  /// The quantiles at the edges: the shares as numpy's `linspace(0, 100, bins + 1) / 100`.
  private var quantiles: [Statistic] {
    (0...bins).map { i in
      let percent = i == bins ? 100 : Double(i) * (100 / Double(bins))
      return .quantile(percent / 100, .averagedInvertedCDF)
    }
  }

  /// What it learns of the column.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> Learned {
    var learned = Learned()
    if common.missing == .category { learned.hasMissing = answers.count.missing > 0 }
    if method == .edges {
      learned.edges = edges ?? []
      return learned
    }
    try answers.requireValues(of: field)
    let (low, high) = answers.extremes(answers.byWeight(.extremes))
    try requireFinite(high - low, of: field)
    guard low < high else { return learned }
    switch method {
    case .edges: break
    case .uniform: learned.edges = evenlySpaced(from: low, to: high, bins)
    case .quantile: learned.edges = merged(quantiles.map { answers.number(answers.byWeight($0)) })
    case .kmeans:
      let (mean, variance) = (answers.moments.mean, answers.moments.variance)
      var clusters = ClusterCenters(
        of: answers.hasWeights
          ? answers.weightedRows
          : answers.distribution.map { (value: $0.value, weight: Double($0.count)) },
        isRows: answers.hasWeights, mean, variance, from: evenlySpaced(from: low, to: high, bins))
      let centers = clusters.found()
      let between = zip(centers, centers.dropFirst()).map { ($0 + $1) * 0.5 }
      learned.edges = merged([low] + between + [high])
    }
    return learned
  }

  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Learned?) -> [Output] {
    switch output {
    case .ordinal: [.same(.integer)]
    case .label: [.same(.category)]
    case .oneHot: [.vector(learned?.components)]
    }
  }
}

/// A number as short as a person would write it.
private func label(_ number: Double) -> String {
  guard number.magnitude < 1e15, let integer = Int64(exactly: number) else { return "\(number)" }
  return "\(integer)"
}

/// As numpy's `linspace`, with one edge more than bins.
private func evenlySpaced(from low: Double, to high: Double, _ bins: Int) -> [Double] {
  let step = (high - low) / Double(bins)
  return (0..<bins).map { Double($0) * step + low } + [high]
}

/// Without the edges that are too near to the one before.
private func merged(_ edges: [Double]) -> [Double] {
  edges.indices.filter { $0 == 0 || edges[$0] - edges[$0 - 1] > 1e-8 }.map { edges[$0] }
}
