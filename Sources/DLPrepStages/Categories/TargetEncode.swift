public import DLPrepData
public import DLPrepPipeline

/// Replaces a category by the mean of the target in its rows, drawn towards the mean of all rows.
///
/// ```yaml
/// dlprep: 1
/// schema:
///   columns:
///     fold: {role: group}
///     paid: {role: target}
/// steps:
///   - target_encode: {columns: city, smooth: 1, folds: {column: fold}}
/// ```
/// ```csv
/// city,fold,paid
/// rome,0,1.0
/// rome,1,3.0
/// oslo,0,2.0
/// oslo,1,4.0
/// ```
/// becomes
/// ```csv
/// city,fold,paid
/// 3.25,0,1.0
/// 1.25,1,3.0
/// 3.75,0,2.0
/// 1.75,1,4.0
/// ```
/// It learns the encoding of each category over all training rows, for serving. A training row is
/// encoded by the rows outside of its fold, so that its own target never reaches it; folds are drawn
/// by a hash of `fold_by` or of the row number, or given as a column. Missing values are a category
/// of their own; with `missing: ignore` they get the mean of all rows, as unseen values do. A target
/// of three or more classes makes a column for each, `{column}={class}`. Same formula as
/// scikit-learn `TargetEncoder`. Cost: one sweep, memory by distinct values and folds.
public struct TargetEncode: FoldedMeanStage {
  /// The key in pipeline files.
  public static let name = "target_encode"
  /// One sentence for listings.
  public static let summary = "Replaces a category by the mean of the target in its rows."
  /// What others call it.
  public static let otherNames = [
    "TargetEncoder", "MeanEncoder", "mean encoding", "likelihood encoding", "step_lencode",
    "likelihood", "step_lencode_mixed",
  ]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] =
    [.init("smooth", \.smooth, "auto, or how many rows of the mean of all are added.")]
    + foldParameters
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(.category) { ($0.smooth, $0.folds) = (.rows(10), .number(3)) },
      Self(.category) { $0.foldBy = "group" },
      Self(.category) { $0.folds = .column("group") },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// How strongly small categories are drawn towards the mean of all rows.
  public var smooth = Smoothing.auto
  /// How training rows fall into folds.
  public var folds = FoldChoice.number(5)
  /// Rows with the same value of this column share a fold.
  public var foldBy: String?
  /// Everything at its default.
  public init() {}

  /// The encodings.
  public struct Learned: SavedByFields {
    /// The categories, sorted by bytes.
    public var values = ByteStrings()
    /// The classes, where there is a column for each.
    public var classes: [String] = []
    /// For each class (or once): each category's encoding, then that of missing, then the mean.
    public var encodings: [[Double]] = []
    /// Everything at its default.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("values", \.values), .init("classes", \.classes), .init("encodings", \.encodings),
    ]
  }

  /// The encoding of each category, then that of missing, then the mean of all rows.
  public func encodings(_ part: CategoryTargets.Part) -> [Double] {
    (part.categories + [part.missing]).map { smooth.encoding($0, prior: part.prior) }
      + [part.prior.mean]
  }
}
