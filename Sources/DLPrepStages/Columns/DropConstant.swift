public import DLPrepData
public import DLPrepPipeline

/// Drops columns that have one value only.
///
/// ```yaml
/// - drop_constant
/// ```
/// ```csv
/// a,b,c
/// 1,x,5
/// 2,x,
/// 3,x,5
/// ```
/// becomes
/// ```csv
/// a
/// 1
/// 2
/// 3
/// ```
/// It learns whether a column has at most one distinct value; missing values are none, unless
/// `count_missing` is set. A column without any value goes, too. Vectors (one-hot, say) stay. Same
/// as recipes `step_zv` and, with its own treatment of missing values, feature-engine
/// `DropConstantFeatures`. Cost: one sweep.
public struct DropConstant: ColumnStage {
  /// The key in pipeline files.
  public static let name = "drop_constant"
  /// One sentence for listings.
  public static let summary = "Drops columns that have one value only."
  /// What others call it.
  public static let otherNames = [
    "step_zv", "zero_variance", "VarianceThreshold", "DropConstantFeatures", "DropUninformative",
  ]
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .all
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("count_missing", \.countMissing, "Whether missing counts as a value of its own.")
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] { [Self(), Self(.all) { $0.countMissing = true }] }
  /// The keys that stages share.
  public var common = Common()
  /// Whether missing counts as a value of its own.
  public var countMissing = false
  /// 1 and 1.0 are one number, but two texts.
  public var dependsOnTypes: Bool { true }
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .exact }

  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { true }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] {
    field.type.isVector ? [] : [.count, .distinct(upTo: 1)]
  }
  /// What it learns of the column: whether it goes.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> Bool {
    if field.type.isVector { return false }
    let missing = countMissing && answers.count.missing > 0 ? 1 : 0
    return answers.distinct(upTo: 1) + missing <= 1
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Bool?) -> [Output] {
    learned == true ? [] : [.same(field.type)]
  }
  /// Opens the work: there is none.
  public func kernel(_ learned: Bool, for field: Field, _ slots: Slots) -> Kernel { { _, _ in } }
}
