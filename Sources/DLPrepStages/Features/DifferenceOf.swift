public import DLPrepPipeline

/// Adds the differences of columns from others.
///
/// ```yaml
/// - difference_of: {columns: [paid], to: [price, cost]}
/// ```
/// ```csv
/// price,cost,paid
/// 10,7.5,9
/// 4,5.0,4
/// ```
/// becomes
/// ```csv
/// price,cost,paid,paid-price,paid-cost
/// 10,7.5,9,-1,1.5
/// 4,5.0,4,0,-1.0
/// ```
/// The columns stay; the differences come last: each of `columns` minus each of `to`. A column of
/// `to` is not taken with others itself. A difference of whole numbers is whole. It is missing
/// where one of the two is; one that no number (or no 64 bits) can hold is missing, too, and
/// counted. Same as feature-engine `RelativeFeatures` with `sub`. Cost: none at fit.
public struct DifferenceOf: PairStage {
  /// The key in pipeline files.
  public static let name = "difference_of"
  /// One sentence for listings.
  public static let summary = "Adds the differences of columns from others."
  /// What others call it.
  public static let otherNames = ["RelativeFeatures", "subtract"]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("to", \.to, "The columns that are subtracted.")
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [Self(["f"]) { $0.to = ["i"] }, Self(.numeric) { $0.to = ["p", "i"] }]
  }
  /// What is made of two columns.
  public static let operation = PairOperation.difference
  /// The keys that stages share.
  public var common = Common()
  /// The columns that are subtracted.
  public var to: [String] = []
  /// Everything at its default.
  public init() {}
}
