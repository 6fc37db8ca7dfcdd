public import DLPrepData
public import DLPrepPipeline

/// Makes a component of 0 and 1 for each of several values that stand in one cell.
///
/// ```yaml
/// - multi_hot: {columns: genres}
/// ```
/// ```csv
/// genres
/// drama|crime
/// comedy
/// NA
/// ```
/// becomes
/// ```csv
/// genres=comedy,genres=crime,genres=drama,genres=missing
/// 0,1,1,0
/// 1,0,0,0
/// 0,0,0,1
/// ```
/// It learns the values, sorted by bytes, then `missing` where a cell was missing at fit (a real
/// value `missing` beside missing cells is an error). Values are what stands between separators,
/// with white space as it is; empty ones are none. Unseen values make no component. Same as pandas
/// `Series.str.get_dummies` and scikit-learn `MultiLabelBinarizer`. Cost: one sweep, memory by
/// distinct values.
public struct MultiHot: ColumnStage {
  /// The key in pipeline files.
  public static let name = "multi_hot"
  /// One sentence for listings.
  public static let summary = "Makes a component of 0 and 1 for each of several values in a cell."
  /// What others call it.
  public static let otherNames = [
    "MultiLabelBinarizer", "str.get_dummies", "step_dummy_extract", "dummy_extract",
    "CategoryEncoding",
  ]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.encoder
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("separator", \.separator, "What stands between two values.")
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(["t"]) { $0.separator = " " }, Self(["a"]),
      Self(["t", "a"]) {
        ($0.separator, $0.common.missing, $0.common.unknown) = (" ", .ignore, .error)
      },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// What stands between two values.
  public var separator = "|"
  /// Everything at its default.
  public init() {}

  /// The components.
  public struct Learned: SavedByFields {
    /// The values, sorted by bytes.
    public var values = ByteStrings()
    /// Whether missing cells have a component.
    public var hasMissing = false
    /// Everything at its default.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("values", \.values), .init("missing", \.hasMissing),
    ]
  }

  private var tokenizer: Tokenizer { Tokenizer(.parts(separator: separator)) }

  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    if separator.isEmpty { throw PrepError(.value, "'separator': expected text, found none") }
    if common.unknown == .missing {
      throw PrepError(
        .value, "'unknown': expected one of other, ignore, error, found 'missing'",
        hint: "the other values of such a cell are known")
    }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isTextual }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] { [.count, .terms(tokenizer)] }
  /// What it learns of the column.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> Learned {
    try answers.requireValues(of: field)
    var learned = Learned()
    learned.values = answers.terms(.terms(tokenizer)).values
    learned.hasMissing = encoderMissing == .category && answers.count.missing > 0
    if learned.hasMissing, learned.values.sortedIndex(of: Array("missing".utf8).span) != nil {
      throw PrepError(
        .fit, "expected no value 'missing' beside missing cells in column '\(field.name)'",
        hint: "say missing: ignore, or impute the column first")
    }
    return learned
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Learned?) -> [Output] {
    [.vector(learned.map { $0.values.texts + ($0.hasMissing ? ["missing"] : []) })]
  }
  /// Opens the work.
  public func kernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel {
    let counter = TermCounter(tokenizer, learned.values)
    let isUnseen = encoderMissing == .category && !learned.hasMissing
    let fails = common.unknown == .error
    let missing = { (rows: inout SparseRows) in
      if learned.hasMissing { rows.append(Int32(learned.values.count), 1) }
    }
    let map = SparseMap(
      isWhole: true, isUnseen && fails ? .error : encoderMissing, missing: missing,
      failsUnknown: fails, { text, rows in counter.count(text, into: &rows) > 0 })
    return { block, run in
      if isUnseen { run.count("unseen", block.columns[slots.input].missing.total) }
      map.apply(slots.input, of: block, run)
    }
  }
}
