public import DLPrepData
public import DLPrepPipeline

/// Replaces a category by how often it occurred at fit.
///
/// ```yaml
/// - count_encode: {columns: city, normalize: true}
/// ```
/// ```csv
/// city
/// rome
/// rome
/// oslo
/// NA
/// ```
/// becomes
/// ```csv
/// city
/// 0.5
/// 0.5
/// 0.25
/// 0.25
/// ```
/// It learns the count of each category. Missing values are a category of their own; with
/// `missing: ignore` they become 0 and aren't in the denominator. Unseen values become 0. Same as
/// feature-engine `CountFrequencyEncoder`. Cost: one sweep, memory by distinct values.
public struct CountEncode: ColumnStage {
  /// The key in pipeline files.
  public static let name = "count_encode"
  /// One sentence for listings.
  public static let summary = "Replaces a category by how often it occurred at fit."
  /// What others call it.
  public static let otherNames = ["CountEncoder", "CountFrequencyEncoder", "frequency"]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.encoder
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .category
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("normalize", \.normalize, "Whether it is the share of the counted rows.")
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] { [Self(), Self(.category) { $0.normalize = true }] }
  /// The keys that stages share.
  public var common = Common()
  /// Whether it is the share of the counted rows.
  public var normalize = false
  /// Everything at its default.
  public init() {}

  /// The categories and their counts.
  public struct Learned: SavedByFields {
    /// The categories, sorted by bytes.
    public var values = ByteStrings()
    /// How many rows had each.
    public var counts: [Int] = []
    /// How many rows were missing.
    public var missing = 0
    /// Everything at its default.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("values", \.values), .init("counts", \.counts), .init("missing", \.missing),
    ]
  }

  /// It encodes categories.
  public var purposes: Purposes { .encodes }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isKeyed || field.type == .integer }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] { [.count, .categories] }
  /// What it learns of the column.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> Learned {
    try answers.requireValues(of: field)
    var learned = Learned()
    learned.values = answers.categories.values
    learned.counts = answers.categories.counts
    learned.missing = answers.count.missing
    return learned
  }
  /// Whether it can have been learned.
  public func check(_ loaded: Learned, for field: Field) throws(PrepError) {
    try requireLearned(loaded.counts.count == loaded.values.count, "a count for each category")
    try requireLearned(
      (loaded.counts + [loaded.missing]).allSatisfy { 0...(1 << 48) ~= $0 }, "counts of rows")
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Learned?) -> [Output] { [.same(.float)] }
  /// Opens the work.
  public func kernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel {
    let missing = encoderMissing == .category ? learned.missing : 0
    let rows = learned.counts.reduce(0, +) + missing
    let divisor = normalize ? Double(rows) : 1
    let map = CategoryMap<Double>(
      missing: Double(missing) / divisor, encoderMissing, unknown: 0, unknownAction)
    let values = SortedStrings(learned.values)
    return { block, run in
      map.read(slots.input, of: block, run) { bytes in
        values.index(of: bytes).map { Double(learned.counts[$0]) / divisor }
      }
      map.store(in: block.columns[slots.input])
    }
  }
}
