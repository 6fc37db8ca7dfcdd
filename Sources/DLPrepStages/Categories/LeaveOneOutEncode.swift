public import DLPrepData
public import DLPrepPipeline

/// Replaces a category by the mean of the target in its other rows.
///
/// ```yaml
/// dlprep: 1
/// schema:
///   columns:
///     paid: {role: target}
/// steps:
///   - leave_one_out_encode: {columns: city}
/// ```
/// ```csv
/// city,paid
/// rome,1.0
/// rome,3.0
/// oslo,2.0
/// rome,8.0
/// ```
/// becomes
/// ```csv
/// city,paid
/// 5.5,1.0
/// 4.5,3.0
/// 3.5,2.0
/// 2.0,8.0
/// ```
/// A training row gets (Σ - y)/(n - 1) over the n rows of its category; it learns the mean of all
/// of them for serving. A category of one row gets the mean of all rows, as unseen values do.
/// Missing values are a category of their own; with `missing: ignore` they get the mean of all
/// rows. A target of three or more classes makes a column for each, `{column}={class}`. A row's own
/// target doesn't reach its encoding, but the others of its category know it: within a category the
/// encoding falls as the target rises, which a model can learn. `target_encode` leaves no such
/// trace. Same as category_encoders `LeaveOneOutEncoder`. Cost: two sweeps, memory by distinct
/// values and rows.
public struct LeaveOneOutEncode: TargetMeanStage {
  /// The key in pipeline files.
  public static let name = "leave_one_out_encode"
  /// One sentence for listings.
  public static let summary = "Replaces a category by the mean of the target in its other rows."
  /// What others call it.
  public static let otherNames = ["LeaveOneOutEncoder", "leave-one-out", "LOO"]
  /// It has none of its own.
  public static let parameters: [Parameter<Self>] = []
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [Self(), Self(.category) { $0.common.missing = .ignore }]
  }
  /// The keys that stages share.
  public var common = Common()
  /// Everything at its default.
  public init() {}

  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] {
    [.count] + known.wholeTargets + known.labels.map { .byOthers(.all, label: $0) }
  }
  /// What it learns of the column.
  public func learned(
    from answers: Answers, for field: Field
  ) throws(PrepError) -> TargetEncode.Learned {
    try answers.targetEncodings(of: field) { category, prior in
      category.count > 1 ? category.mean : prior.mean
    }
  }
  /// Opens the work on training rows: each is encoded by the other rows of its category.
  public func trainingKernel(
    _ learned: TargetEncode.Learned, _ answers: Answers, for field: Field, _ slots: Slots
  ) -> Kernel? {
    FoldEncoding(learned.values, for: self).training(
      learned, answers.labels.map { .byOthers(.all, label: $0) }, slots
    ) { count, mean, prior in count > 0 ? mean : prior }
  }
}
