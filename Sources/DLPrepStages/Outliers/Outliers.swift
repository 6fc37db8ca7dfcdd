public import DLPrepData
public import DLPrepPipeline

/// Finds numbers far from the others, and caps, empties, flags or drops them.
///
/// ```yaml
/// - outliers: {columns: fare, method: iqr}
/// ```
/// ```csv
/// fare
/// 1
/// 2
/// 3
/// 4
/// 100
/// ```
/// becomes
/// ```csv
/// fare
/// 1.0
/// 2.0
/// 3.0
/// 4.0
/// 7.0
/// ```
/// It learns the limits: quartiles -/+ factor · their distance (`iqr`), mean -/+ factor · standard
/// deviation (`zscore`), median -/+ factor · median deviation / 0.67449 (`mad`), or the quantiles
/// factor and 1 - factor (`quantile`). Missing values stay missing. Where the spread is zero
/// nothing is done, and the training rows are counted as `constant`. Same limits as feature-engine
/// `Winsorizer`. Cost: one sweep, or exact quantiles.
public struct Outliers: ColumnStage {
  /// How far is far.
  public enum Method: String, Sendable, CaseIterable, ParameterValue {
    case iqr
    case zscore
    case mad
    case quantile
  }
  /// On which side.
  public enum Tail: String, Sendable, CaseIterable, ParameterValue {
    case both
    case left
    case right
  }
  /// What becomes of them.
  public enum Action: String, Sendable, CaseIterable, ParameterValue {
    case cap
    case null
    case flag
    case dropRow = "drop_row"
  }

  /// The key in pipeline files.
  public static let name = "outliers"
  /// One sentence for listings.
  public static let summary = "Caps, empties, flags or drops numbers far from the others."
  /// What others call it.
  public static let otherNames = [
    "Winsorizer", "winsorize", "capping", "IQR", "z-score", "OutlierTrimmer",
  ]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.scaler
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .numeric
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("method", \.method, "How the limits are found."),
    .init("factor", \.factor, in: 0...1e6, "How far out: 1.5, 3, 3.29, 0.05 by method.")
      .otherwise("1.5"),
    .init("tail", \.tail, "On which side numbers may be outliers."),
    .init("action", \.action, "What becomes of them; drop_row acts in training only."),
    .init("indicator", \.indicator, "Whether a column tells where they were."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(.numeric) { ($0.method, $0.factor, $0.tail) = (.zscore, 1, .left) },
      Self(.numeric) { ($0.method, $0.action, $0.indicator) = (.mad, .null, true) },
      Self(.numeric) { ($0.method, $0.factor, $0.action) = (.quantile, 0.2, .flag) },
      Self(.numeric) { ($0.tail, $0.action) = (.right, .dropRow) },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// How the limits are found.
  public var method = Method.iqr
  /// How far out; nil: the method's usual factor.
  public var factor: Double?
  /// On which side numbers may be outliers.
  public var tail = Tail.both
  /// What becomes of them.
  public var action = Action.cap
  /// Whether a column tells where they were.
  public var indicator = false
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse {
    switch action {
    case .cap: .lossy("outliers stay at the limits")
    case .null: .lossy("outliers stay missing")
    case .flag, .dropRow: .exact
    }
  }

  /// The limits; nil: none on that side.
  public struct Learned: SavedByFields {
    /// Numbers below are outliers.
    public var low: Double?
    /// Numbers above are outliers.
    public var high: Double?
    /// Everything at its default.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [.init("low", \.low), .init("high", \.high)]
  }

  /// Whether it takes rows out.
  public var removesRows: Bool { action == .dropRow }
  /// The factor, given or usual.
  var usedFactor: Double {
    factor ?? [.iqr: 1.5, .zscore: 3, .mad: 3.29, .quantile: 0.05][method, default: 3]
  }

  /// It limits numbers, where it changes any.
  public var purposes: Purposes { action == .cap || action == .null ? .limits : [] }
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    try refuse(.category, .ignore)
    if method == .quantile, let factor, factor >= 0.5 {
      throw PrepError(.value, "'factor': expected a share below 0.5, found \(factor)")
    }
    if action == .dropRow && indicator {
      throw PrepError(.value, "expected no 'indicator' with drop_row: the rows are gone")
    }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] { [.count] + questions(known) }

  private func questions(_ known: Answers) -> [Statistic] {
    switch method {
    case .zscore: return [.moments]
    case .iqr: return [.quantile(0.25, .linear), .quantile(0.75, .linear)]
    case .quantile:
      return [.quantile(usedFactor, .linear), .quantile(1 - usedFactor, .linear)]
    case .mad:
      let median = Statistic.quantile(0.5, .midpoint)
      guard known.has(median), known.number(median).isFinite else { return [median] }
      return [median, .deviationQuantile(0.5, from: known.number(median))]
    }
  }

  /// What it learns of the column.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> Learned {
    try answers.requireValues(of: field)
    let asked = questions(answers)
    let (low, high, spread) = limits(answers, asked)
    try requireFinite(low, high, spread, of: field)
    var learned = Learned()
    guard spread > 0 else { return learned }
    if tail != .right { learned.low = low }
    if tail != .left { learned.high = high }
    return learned
  }

  private func limits(_ answers: Answers, _ asked: [Statistic]) -> (Double, Double, Double) {
    let factor = usedFactor
    if method == .zscore {
      let moments = answers.moments
      let spread = moments.variance.squareRoot()
      return (moments.mean - factor * spread, moments.mean + factor * spread, spread)
    }
    let (first, second) = (answers.number(asked[0]), answers.number(asked[1]))
    switch method {
    case .mad:
      let spread = second / 0.67449
      return (first - factor * spread, first + factor * spread, spread)
    case .quantile: return (first, second, second - first)
    case .iqr, .zscore:
      let spread = second - first
      return (first - factor * spread, second + factor * spread, spread)
    }
  }

  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Learned?) -> [Output] {
    let keepsType = action == .flag || action == .dropRow
    let same = Output.same(keepsType ? field.type : .float)
    return indicator || action == .flag
      ? [same, .made("outlier", "{column}_{value}", .bool)] : [same]
  }
}
