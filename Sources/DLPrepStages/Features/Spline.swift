public import DLPrepData
public import DLPrepPipeline

/// Turns a number into the values of B-splines over knots, so that a linear model can bend.
///
/// ```yaml
/// - spline: {columns: age, knots: 3, degree: 1}
/// ```
/// ```csv
/// age
/// 0
/// 25
/// 100
/// NA
/// ```
/// becomes
/// ```csv
/// age_sp_0,age_sp_1,age_sp_2
/// 1.0,0.0,0.0
/// 0.5,0.5,0.0
/// 0.0,0.0,1.0
/// 0.0,0.0,0.0
/// ```
/// It learns the knots: evenly spaced between the extremes, or at quantiles. A number comes out as
/// knots + degree - 1 values that are 1 in sum (`periodic`: knots - 1); without `bias` the last is
/// left out. Beyond the outermost knots `extrapolation` takes the values at the end (`constant`),
/// follows their slope (`linear`) or the polynomial (`continue`), goes round (`periodic`) or is an
/// error. Missing values become zeros, or stay missing with `missing: keep`. Where the rows have
/// weights (role `weight`), knots are found as with scikit-learn's `sample_weight`. Same as
/// scikit-learn `SplineTransformer` with `handle_missing="zeros"`. Cost: one sweep, or exact
/// quantiles; with weights the column in memory.
public struct Spline: ColumnStage {
  /// Where the knots are put.
  public enum Placement: String, Sendable, CaseIterable, ParameterValue {
    case uniform
    case quantile
  }
  /// What becomes of numbers beyond the knots.
  public enum Extrapolation: String, Sendable, CaseIterable, ParameterValue {
    case constant
    case linear
    case `continue`
    case periodic
    case error
  }

  /// The key in pipeline files.
  public static let name = "spline"
  /// One sentence for listings.
  public static let summary = "Turns a number into the values of B-splines over knots."
  /// What others call it.
  public static let otherNames = ["SplineTransformer", "step_bs", "step_spline_b", "B-spline"]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.scaler
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .numeric
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("knots", \.knots, in: 2...1000, "How many knots."),
    .init("degree", \.degree, in: 0...12, "The degree of the polynomials between them."),
    .init("placement", \.placement, "Where the knots are: evenly spaced, or at quantiles."),
    .init("extrapolation", \.extrapolation, "What becomes of numbers beyond the knots."),
    .init("bias", \.bias, "Whether the last value is kept, so that all are 1 in sum."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(),
      Self(.numeric) { ($0.knots, $0.placement, $0.extrapolation) = (4, .quantile, .linear) },
      Self(.numeric) { ($0.degree, $0.extrapolation, $0.bias) = (2, .periodic, false) },
      Self(.numeric) { ($0.degree, $0.extrapolation) = (0, .error) },
      Self(.numeric) { ($0.extrapolation, $0.common.missing) = (.continue, .keep) },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// How many knots.
  public var knots = 5
  /// The degree of the polynomials between them.
  public var degree = 3
  /// Where the knots are put.
  public var placement = Placement.uniform
  /// What becomes of numbers beyond the knots.
  public var extrapolation = Extrapolation.constant
  /// Whether the last value is kept.
  public var bias = true
  /// Everything at its default.
  public init() {}

  /// Knots go by the rows' weights.
  public var usesWeights: Bool { true }
  /// How many values a number becomes.
  var width: Int { (extrapolation == .periodic ? knots : knots + degree) - (bias ? 1 : 2) }

  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    try refuse(.category)
    if extrapolation == .periodic && degree >= knots {
      throw PrepError(
        .value,
        "expected more 'knots' than the 'degree' with periodic, found \(knots) and \(degree)"
      )
    }
    if width < 1 {
      throw PrepError(.value, "'bias': expected true with one spline only, found false")
    }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] {
    [.count] + (placement == .uniform ? [known.byWeight(.extremes)] : quantiles(known))
  }

  private func quantiles(_ known: Answers) -> [Statistic] {
    // As numpy's percentiles of 100 times the share; scikit-learn interpolates only without weights.
    evenShares(knots).map {
      known.byWeight(.quantile(100 * $0 / 100, known.hasWeights ? .lower : .linear))
    }
  }

  /// What it learns of the column: all knots, also those beyond its ends.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> [Double] {
    try answers.requireValues(of: field)
    var base: [Double]
    switch placement {
    case .uniform:
      let (low, high) = answers.extremes(answers.byWeight(.extremes))
      try requireFinite(high - low, of: field)
      base = spaced(from: low, to: high, knots)
    case .quantile: base = quantiles(answers).map { answers.number($0) }
    }
    let basis =
      extrapolation == .periodic
      ? SplineBasis(periodic: base, degree: degree) : SplineBasis(base: base, degree: degree)
    try requireFinite(basis.knots[0], basis.knots[basis.knots.count - 1], of: field)
    return basis.knots
  }
  /// Whether it can have been learned.
  public func check(_ loaded: [Double], for field: Field) throws(PrepError) {
    try requireLearned(loaded.count == knots + 2 * degree, "\(knots + 2 * degree) knots")
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: [Double]?) -> [Output] {
    (0..<width).map { .made("sp_\($0)", "{column}_{value}", .float) }
  }
}
