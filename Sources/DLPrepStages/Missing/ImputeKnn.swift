public import DLPrepData
public import DLPrepPipeline

/// Puts the mean of the nearest rows' values in the place of missing ones.
///
/// ```yaml
/// - impute_knn: {columns: [width, height], neighbors: 2}
/// ```
/// ```csv
/// width,height
/// 1,10
/// 2,20
/// 3,
/// 8,80
/// 9,90
/// ```
/// becomes
/// ```csv
/// width,height
/// 1.0,10.0
/// 2.0,20.0
/// 3.0,15.0
/// 8.0,80.0
/// 9.0,90.0
/// ```
/// It learns the training rows themselves: the donors. A missing value becomes the mean over those
/// `neighbors` donors nearest to the row that have a value there, all alike or (`weights:
/// distance`) each by 1 ÷ its distance; donors at distance 0 then count alone. The distance is √(p
/// ÷ m · Σ(x − y)²) over the m of p columns that both rows have; equally near donors count in the
/// order of the rows. `metric: gower` takes the mean of |x − y| ÷ range instead, and 0 or 1 for
/// categories that are the same or not, whose neighbours vote (of equal votes the first by bytes).
/// A row that shares no column with any donor gets the column's mean or most frequent value. Of
/// more than `max_donors` rows the donors are chosen by a hash of their number in the input. Same
/// as scikit-learn `KNNImputer`; Gower's distance as in R `recipes::step_impute_knn`, with the
/// ranges of the training rows. Numbers should be of one scale, unless the metric is gower. Cost:
/// the donors, in memory and in the artifact; a distance to every donor for each row with a missing
/// value.
public struct ImputeKnn: BlockStage {
  /// The key in pipeline files.
  public static let name = "impute_knn"
  /// One sentence for listings.
  public static let summary =
    "Puts the mean of the nearest rows' values in the place of missing ones."
  /// What others call it.
  public static let otherNames = ["KNNImputer", "step_impute_knn", "kNN imputation", "kNN"]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.columns, .name, .keepOriginal]
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .numeric
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("neighbors", \.neighbors, in: 1...10_000, "How many donors a value is taken from."),
    .init("weights", \.weights, "Whether all of them count alike (uniform) or by distance."),
    .init("metric", \.metric, "How rows are compared: nan_euclidean, or gower for mixed types."),
    .init("max_donors", \.maxDonors, in: 1...10_000_000, "How many rows are kept at most."),
    .init("all_missing", \.allMissing, "What becomes of a column without any value."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(["f", "i", "p"]) { ($0.neighbors, $0.weights) = (3, .distance) },
      Self(["a", "f", "i", "l", "t"]) { ($0.metric, $0.maxDonors) = (.gower, 20) },
      Self(["a", "p"]) { ($0.metric, $0.weights, $0.allMissing) = (.gower, .distance, .drop) },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// How many donors a value is taken from.
  public var neighbors = 5
  /// How much each of them counts.
  public var weights = Weights.uniform
  /// How rows are compared.
  public var metric = Metric.nanEuclidean
  /// How many rows are kept at most.
  public var maxDonors = 10_000
  /// What becomes of a column without any value.
  public var allMissing = AllMissing.error
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .lossy("what was put in stays") }

  /// How much each neighbour counts.
  public enum Weights: String, Sendable, CaseIterable, ParameterValue {
    /// All alike.
    case uniform
    /// By 1 ÷ its distance.
    case distance
  }

  /// How rows are compared.
  public enum Metric: String, Sendable, CaseIterable, ParameterValue {
    /// By the Euclidean distance over what both rows have.
    case nanEuclidean = "nan_euclidean"
    /// By the mean of differences, each as a share of its column's range.
    case gower
  }

  /// It fills with what it has learned.
  public var purposes: Purposes { metric == .nanEuclidean ? [.fills, .compares] : .fills }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool {
    field.type.isNumeric || metric == .gower && (field.type.isTextual || field.type == .bool)
  }
  /// What becomes of the columns.
  public func fates(of fields: [Field], _ fitted: Fitted?) -> [Fate] {
    fields.enumerated().map { i, field in
      if fitted == nil, allMissing == .drop { return .undecided }
      if fitted?.donors[i].isDropped == true { return .dropped }
      return .changed(field.type.isNumeric ? .float : field.type)
    }
  }
  /// It gathers the donors.
  public func summary(of fields: [Field], target: Answers.Target?) -> GatheredRows {
    GatheredRows(of: fields, rows: maxDonors, purpose: Self.name)
  }
  /// What it has learned.
  public func fitted(to summary: GatheredRows, _ fields: [Field]) throws(PrepError) -> Fitted {
    try summary.requireRows()
    try summary.requireValues(of: fields, allMissing)
    var fitted = Fitted()
    fitted.neighbors = neighbors
    fitted.isGower = metric == .gower
    fitted.isByDistance = weights == .distance
    for (field, var column) in zip(fields, summary.columns) {
      fitted.donors.append(try Donors(&column, of: field))
    }
    return fitted
  }

  /// Whether it can have been learned.
  public func check(_ loaded: Fitted, for fields: [Field]) throws(PrepError) {
    try requireLearned(
      loaded.donors.count == fields.count && loaded.neighbors == neighbors
        && loaded.isGower == (metric == .gower), "donors of \(fields.count) columns")
    let kept = zip(fields, loaded.donors).filter { !$1.isDropped }
    for (field, donors) in kept {
      try donors.requireWhole(rows: kept[0].1.values.count, for: field)
    }
  }

  /// The donors, and how to take values from them.
  public struct Fitted: FittedBlockStage, SavedByFields {
    /// How many donors a value is taken from.
    public var neighbors = 1
    /// Whether rows are compared by Gower's distance.
    public var isGower = false
    /// Whether donors count by 1 ÷ their distance.
    public var isByDistance = false
    /// What each column has of them.
    public var donors: [Donors] = []
    /// No donors.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("neighbors", \.neighbors), .init("gower", \.isGower),
      .init("by_distance", \.isByDistance), .init("donors", \.donors),
    ]

    /// Opens the work.
    public func kernel(_ slots: [Int], made: [Int]) -> Kernel {
      let worker = DonorWorker(self)
      return { block, run in worker.work(block, slots, run) }
    }
  }
}
