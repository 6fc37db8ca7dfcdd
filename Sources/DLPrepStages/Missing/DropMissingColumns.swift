public import DLPrepData
public import DLPrepPipeline

/// Drops columns where too many values are missing.
///
/// ```yaml
/// - drop_missing_columns: {max_share: 0.5}
/// ```
/// ```csv
/// a,b,c
/// 1,,
/// 2,,5
/// 3,7,
/// 4,8,
/// ```
/// becomes
/// ```csv
/// a,b
/// 1,
/// 2,
/// 3,7
/// 4,8
/// ```
/// It learns whether more than `max_share` of the training rows are missing; exactly that share
/// stays. Same as recipes `step_filter_missing`. Cost: one sweep.
public struct DropMissingColumns: ColumnStage {
  /// The key in pipeline files.
  public static let name = "drop_missing_columns"
  /// One sentence for listings.
  public static let summary = "Drops columns where too many values are missing."
  /// What others call it.
  public static let otherNames = [
    "step_filter_missing", "filter_missing", "dropna(axis=1)", "DropUninformative",
  ]
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .all
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("max_share", \.maxShare, in: 0...1, "The largest share of missing values that stays.")
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] { [Self(), Self(.all) { $0.maxShare = 0.1 }] }
  /// The keys that stages share.
  public var common = Common()
  /// The largest share of missing values that stays.
  public var maxShare = 0.5
  /// It doesn't.
  public var looksAtValues: Bool { false }
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .exact }

  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { true }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] { [.count] }
  /// What it learns of the column: whether it goes.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> Bool {
    let (rows, missing) = answers.count
    return Double(missing) / Double(max(rows, 1)) > maxShare
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Bool?) -> [Output] {
    learned == true ? [] : [.same(field.type)]
  }
  /// Opens the work: there is none.
  public func kernel(_ learned: Bool, for field: Field, _ slots: Slots) -> Kernel { { _, _ in } }
}
