public import DLPrepPipeline

/// Adds the ratios of columns to others.
///
/// ```yaml
/// - ratio: {columns: [spent, saved], to: [income]}
/// ```
/// ```csv
/// spent,saved,income
/// 30,10,40
/// 5,0,0
/// ```
/// becomes
/// ```csv
/// spent,saved,income,spent/income,saved/income
/// 30,10,40,0.75,0.25
/// 5,0,0,,
/// ```
/// The columns stay; the ratios come last: each of `columns` by each of `to`. A column of `to` is
/// not divided itself. A ratio is missing where one of the two is; a division by zero, and a ratio
/// that no number can hold, are missing, too, and counted. Same as recipes `step_ratio` and
/// feature-engine `RelativeFeatures`. Cost: none at fit.
public struct Ratio: PairStage {
  /// The key in pipeline files.
  public static let name = "ratio"
  /// One sentence for listings.
  public static let summary = "Adds the ratios of columns to others."
  /// What others call it.
  public static let otherNames = ["step_ratio", "RelativeFeatures", "divide"]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("to", \.to, "The columns that are divided by.")
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [Self(["f"]) { $0.to = ["i"] }, Self(.numeric) { $0.to = ["p", "i"] }]
  }
  /// What is made of two columns.
  public static let operation = PairOperation.ratio
  /// The keys that stages share.
  public var common = Common()
  /// The columns that are divided by.
  public var to: [String] = []
  /// Everything at its default.
  public init() {}
}
