public import DLPrepData
public import DLPrepPipeline

/// Makes a component of 0 and 1 for each category.
///
/// ```yaml
/// - one_hot: {columns: city}
/// ```
/// ```csv
/// city
/// rome
/// oslo
/// NA
/// ```
/// becomes
/// ```csv
/// city=oslo,city=rome,city=missing
/// 0,1,0
/// 1,0,0
/// 0,0,1
/// ```
/// It learns the categories, sorted by bytes, then `other` where `max_levels` pools some, then
/// `missing` where a value was missing at fit. A real category `other` joins the pool; a real one
/// `missing` beside missing values is an error. Unseen values go to the pool, or become all zeros.
/// Same as scikit-learn `OneHotEncoder`. Cost: one sweep, memory by distinct values.
public struct OneHot: ColumnStage {
  /// Which component is left out.
  public enum Drop: String, Sendable, CaseIterable, ParameterValue {
    case none
    case first
    case binary
  }

  /// The key in pipeline files.
  public static let name = "one_hot"
  /// One sentence for listings.
  public static let summary = "Makes a component of 0 and 1 for each category."
  /// What others call it.
  public static let otherNames = [
    "OneHotEncoder", "dummy", "get_dummies", "step_dummy", "DummyEncoder", "dummies",
  ]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.encoder
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .category
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("drop", \.drop, "The component left out: none, the first, or the first of two."),
    .init("max_levels", \.maxLevels, in: 1...Int.max, "The most categories, with the pool."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(.category) { $0.maxLevels = 2 },
      Self(.category) { ($0.drop, $0.common.unknown) = (.first, .error) },
      Self(.category) { ($0.drop, $0.common.missing) = (.binary, .keep) },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// Which component is left out.
  public var drop = Drop.none
  /// The most categories that may be left, with the pool.
  public var maxLevels: Int?
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse {
    maxLevels == nil ? .exact : .lossy("pooled categories come back as 'other'")
  }

  /// The components.
  public struct Learned: SavedByFields {
    /// Categories with a component of their own, sorted by bytes.
    public var values = ByteStrings()
    /// Categories that are pooled, sorted by bytes.
    public var pooled = ByteStrings()
    /// Whether missing values have a component.
    public var hasMissing = false
    /// Whether the first component is left out.
    public var isFirstDropped = false
    /// Everything at its default.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("values", \.values), .init("pooled", \.pooled), .init("missing", \.hasMissing),
      .init("dropped", \.isFirstDropped),
    ]

    /// What each component stands for.
    var components: [String] {
      var all = (0..<values.count).map { String(decoding: values[$0], as: UTF8.self) }
      if pooled.count > 0 { all.append("other") }
      if hasMissing { all.append("missing") }
      return Array(all.dropFirst(isFirstDropped ? 1 : 0))
    }
  }

  /// It encodes categories.
  public var purposes: Purposes { .encodes }
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    if drop != .none, common.unknown == .ignore || common.missing == .ignore {
      throw PrepError(
        Lint.dropAndIgnore.code,
        "expected no 'ignore' with 'drop': it would be all zeros, as the dropped category",
        hint: "choose 'drop: none', or 'error'")
    }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isKeyed || field.type == .integer }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] { [.count, .categories] }
  /// What it learns of the column.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> Learned {
    try answers.requireValues(of: field)
    let categories = answers.categories
    var learned = Learned()
    learned.hasMissing = encoderMissing == .category && answers.count.missing > 0
    if learned.hasMissing, categories.values.sortedIndex(of: Array("missing".utf8).span) != nil {
      throw PrepError(
        .fit, "expected no category 'missing' beside missing values in column '\(field.name)'",
        hint: "map_values can rename it")
    }
    var pooled = infrequentLevels(
      categories.counts, rows: answers.count.rows, maxLevels: maxLevels)
    if pooled.contains(true),
      let other = categories.values.sortedIndex(of: Array("other".utf8).span)
    {
      pooled[other] = true
    }
    learned.values = categories.values { !pooled[$0] }
    learned.pooled = categories.values { pooled[$0] }
    learned.isFirstDropped = drop == .first || drop == .binary && learned.components.count == 2
    return learned
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Learned?) -> [Output] {
    [.vector(learned?.components)]
  }
}
