import DLPrepData
public import DLPrepPipeline

/// Replaces a category by the mean of the target in its rows, shrunk towards the mean of all rows.
///
/// ```yaml
/// dlprep: 1
/// schema:
///   columns:
///     fold: {role: group}
///     paid: {role: target}
/// steps:
///   - james_stein_encode: {columns: city, model: beta, folds: {column: fold}}
/// ```
/// ```csv
/// city,fold,paid
/// rome,0,1.0
/// rome,0,2.0
/// oslo,0,6.0
/// rome,1,4.0
/// oslo,1,5.0
/// oslo,1,9.0
/// ```
/// becomes
/// ```csv
/// city,fold,paid
/// 5.5,0,1.0
/// 5.5,0,2.0
/// 6.4,0,6.0
/// 2.4,1,4.0
/// 3.75,1,5.0
/// 3.75,1,9.0
/// ```
/// The encoding is (1 - B)·mean + B·prior. With k categories of n rows and sample variances,
/// `independent`: B = s²/(s² + S²)·(k - 3)/(k - 1), with s² within the category and S² of all rows;
/// `pooled`: B = (k - 3)·(S²/mean of n)/Σ(mean - prior)², the same for all categories; `beta`: B =
/// N/(N + n), with N the number of all rows. B is kept within 0 and 1; where every row has a
/// category of its own, all get the prior. It learns the encodings over all training rows, for
/// serving; a training row is encoded by the rows outside of its fold. Missing values are a
/// category of their own; with `missing: ignore` they get the prior, as unseen values do. A target
/// of three or more classes makes a column for each, `{column}={class}`. Same formulas as
/// category_encoders `JamesSteinEncoder`, which has no folds. Cost: one sweep, memory by distinct
/// values and folds.
public struct JamesSteinEncode: FoldedMeanStage {
  /// How far a category is shrunk.
  public enum Model: String, Sendable, CaseIterable, ParameterValue {
    case independent
    case pooled
    case beta
  }

  /// The key in pipeline files.
  public static let name = "james_stein_encode"
  /// One sentence for listings.
  public static let summary = "Replaces a category by its target mean, shrunk towards that of all."
  /// What others call it.
  public static let otherNames = [
    "JamesSteinEncoder", "James-Stein", "shrinkage encoding", "shrinkage",
  ]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] =
    [.init("model", \.model, "By what a category is shrunk: its variance, all means, its rows.")]
    + foldParameters
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(.category) { ($0.model, $0.folds) = (.pooled, .number(3)) },
      Self(.category) { ($0.model, $0.foldBy) = (.beta, "group") },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// How far a category is shrunk.
  public var model = Model.independent
  /// How training rows fall into folds.
  public var folds = FoldChoice.number(5)
  /// Rows with the same value of this column share a fold.
  public var foldBy: String?
  /// Everything at its default.
  public init() {}

  /// The encoding of each category, then that of missing, then the mean of all rows.
  public func encodings(_ part: CategoryTargets.Part) -> [Double] {
    let prior = part.prior.mean
    let categories = part.categories + [part.missing]
    let present = categories.filter { $0.count > 0 }
    let k = Double(present.count)
    let rows = Double(part.prior.count)
    if present.count == part.prior.count { return categories.map { _ in prior } + [prior] }
    // Sums over categories in their order, which the data alone decide.
    let spread = present.reduce(0) { $0 + ($1.mean - prior) * ($1.mean - prior) }
    return categories.map { category in
      guard category.count > 0 else { return prior }
      var shrinkage: Double
      switch model {
      case .beta: shrinkage = 1 - Double(category.count) / (Double(category.count) + rows)
      case .pooled:
        guard spread > 0 else { return category.mean }
        shrinkage = (k - 3) * (part.prior.sampleVariance / (rows / k)) / spread
      case .independent:
        let own = category.sampleVariance
        shrinkage = own / (part.prior.sampleVariance + own) * (k - 3) / (k - 1)
      }
      if shrinkage.isNaN { return category.mean }
      shrinkage = min(1, max(0, shrinkage))
      return (1 - shrinkage) * category.mean + shrinkage * prior
    } + [prior]
  }
}

extension Moments {
  /// The sample variance; 0 where there is one number.
  fileprivate var sampleVariance: Double {
    count > 1 ? variance * Double(count) / Double(count - 1) : 0
  }
}
