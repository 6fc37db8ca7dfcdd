public import DLPrepData
public import DLPrepPipeline

/// Replaces a category by the mean of the target in the rows of it that came before.
///
/// ```yaml
/// dlprep: 1
/// schema:
///   columns:
///     paid: {role: target}
/// steps:
///   - ordered_target_encode: {columns: city, shuffle: false}
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
/// 3.5,1.0
/// 2.25,3.0
/// 3.5,2.0
/// 2.5,8.0
/// ```
/// A training row gets (Σ + a·m)/(n + a) over the n rows of its category before it, where m is the
/// mean of all rows and a is `prior_weight`: its own target and later ones reach it only by their
/// share in m. The order is drawn by a hash of each row's number, the same for any seed and any
/// number of threads; with `shuffle: false` it is that of the table, for rows in order of time. For
/// serving it learns the same over all rows of a category, and m for one of a single row, as unseen
/// values get. Missing values are a category of their own; with `missing: ignore` they get m. A
/// target of three or more classes makes a column for each, `{column}={class}`. Same as
/// category_encoders `CatBoostEncoder` with `shuffle: false`. Cost: two sweeps, memory by distinct
/// values and rows.
public struct OrderedTargetEncode: TargetMeanStage {
  /// The key in pipeline files.
  public static let name = "ordered_target_encode"
  /// One sentence for listings.
  public static let summary = "Replaces a category by the target mean of its earlier rows."
  /// What others call it.
  public static let otherNames = ["CatBoostEncoder", "CatBoost", "ordered target statistics"]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init(
      "prior_weight", \.priorWeight, in: 1e-6...1e9,
      "How many rows of the mean of all are added."),
    .init("shuffle", \.shuffle, "Whether the order is drawn by a hash, not that of the table."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [Self(), Self(.category) { ($0.priorWeight, $0.shuffle) = (2.5, false) }]
  }
  /// The keys that stages share.
  public var common = Common()
  /// How many rows of the mean of all are added.
  public var priorWeight = 1.0
  /// Whether the order is drawn by a hash, not that of the table.
  public var shuffle = true
  /// Everything at its default.
  public init() {}

  private func questions(_ known: Answers) -> [Statistic] {
    known.labels.map { .byOthers(shuffle ? .earlierShuffled : .earlier, label: $0) }
  }

  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] {
    [.count] + known.wholeTargets + questions(known)
  }
  /// What it learns of the column.
  public func learned(
    from answers: Answers, for field: Field
  ) throws(PrepError) -> TargetEncode.Learned {
    try answers.targetEncodings(of: field) { category, prior in
      category.count > 1 ? mean(category.count, category.mean, prior.mean) : prior.mean
    }
  }
  /// Opens the work on training rows: each is encoded by the rows of its category before it.
  public func trainingKernel(
    _ learned: TargetEncode.Learned, _ answers: Answers, for field: Field, _ slots: Slots
  ) -> Kernel? {
    FoldEncoding(learned.values, for: self).training(learned, questions(answers), slots, mean)
  }

  /// The mean of some rows with those of the prior added.
  private func mean(_ count: Int, _ mean: Double, _ prior: Double) -> Double {
    (Double(count) * mean + priorWeight * prior) / (Double(count) + priorWeight)
  }
}
