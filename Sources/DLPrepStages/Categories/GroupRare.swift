public import DLPrepData
public import DLPrepPipeline

/// Pools rare categories into one.
///
/// ```yaml
/// - group_rare: {columns: city, min_count: 2}
/// ```
/// ```csv
/// city
/// rome
/// rome
/// oslo
/// paris
/// paris
/// ```
/// becomes
/// ```csv
/// city
/// rome
/// rome
/// other
/// paris
/// paris
/// ```
/// It learns which categories stay. Missing values stay missing and count as rows for `min_share`;
/// a value unseen at fit goes to the pool. Same rule and ties as the infrequent categories of
/// scikit-learn `OneHotEncoder` (`max_levels` counts the pool). Cost: one sweep, memory by distinct
/// values.
public struct GroupRare: ColumnStage {
  /// The key in pipeline files.
  public static let name = "group_rare"
  /// One sentence for listings.
  public static let summary = "Pools rare categories into one."
  /// What others call it.
  public static let otherNames = [
    "step_other", "RareLabelEncoder", "min_frequency", "lump", "infrequent",
  ]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.columns, .unknown, .name, .keepOriginal]
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .category
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("min_count", \.minCount, in: 1...Int.max, "Categories with fewer rows are pooled."),
    .init("min_share", \.minShare, in: 0...1, "Categories with a smaller share are pooled."),
    .init("max_levels", \.maxLevels, in: 1...Int.max, "The most categories, with the pool."),
    .init("into", \.into, "What the pool is called."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(.category) { ($0.minCount, $0.into) = (2, "rest") },
      Self(.category) { ($0.minShare, $0.maxLevels) = (0.2, 3) },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// Categories with fewer rows are pooled.
  public var minCount: Int?
  /// Categories with a smaller share of the rows are pooled.
  public var minShare: Double?
  /// The most categories that may be left, with the pool.
  public var maxLevels: Int?
  /// What the pool is called.
  public var into = "other"
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .lossy("pooled categories come back as the pool") }

  /// The categories seen at fit.
  public struct Learned: SavedByFields {
    /// Those that stay, sorted by bytes.
    public var kept = ByteStrings()
    /// Those that are pooled, sorted by bytes.
    public var pooled = ByteStrings()
    /// Everything at its default.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("kept", \.kept), .init("pooled", \.pooled),
    ]
  }

  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    if minCount != nil && minShare != nil {
      throw PrepError(.value, "expected 'min_count' or 'min_share', found both")
    }
    if minCount == nil && minShare == nil && maxLevels == nil {
      throw PrepError(.value, "expected 'min_count', 'min_share' or 'max_levels', found none")
    }
    if common.unknown == .ignore {
      throw PrepError(.value, "'unknown': expected one of other, missing, error, found 'ignore'")
    }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isKeyed }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] { [.count, .categories] }
  /// What it learns of the column.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> Learned {
    try answers.requireValues(of: field)
    let categories = answers.categories
    let pooled = infrequentLevels(
      categories.counts, rows: answers.count.rows, minCount: minCount, minShare: minShare,
      maxLevels: maxLevels)
    var learned = Learned()
    learned.kept = categories.values { !pooled[$0] }
    learned.pooled = categories.values { pooled[$0] }
    return learned
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Learned?) -> [Output] { [.same(.category)] }
  /// Opens the work.
  public func kernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel {
    let map = CategoryMap<Int32>(
      missing: -1, .keep, unknown: 0, unknownAction, first: Array(into.utf8))
    let kept = SortedStrings(learned.kept)
    let pooled = SortedStrings(learned.pooled)
    return { block, run in
      map.read(slots.input, of: block, run) { bytes in
        if kept.index(of: bytes) != nil { return map.made.intern(bytes) }
        return pooled.index(of: bytes) == nil ? nil : 0
      }
      map.storeCategory(in: block.columns[slots.input])
    }
  }
}
