public import DLPrepData
public import DLPrepPipeline

/// Adds a column that tells where a value is missing.
///
/// ```yaml
/// - missing_indicator: {columns: age}
/// ```
/// ```csv
/// age
/// 30
/// NA
/// ```
/// becomes
/// ```csv
/// age,age_missing
/// 30,0
/// ,1
/// ```
/// It learns whether any value was missing at fit; where none was, no column is added unless
/// `only_if_seen` is false. Same as scikit-learn `MissingIndicator`. Cost: one sweep.
public struct MissingIndicator: ColumnStage {
  /// The key in pipeline files.
  public static let name = "missing_indicator"
  /// One sentence for listings.
  public static let summary = "Adds a column that tells where a value is missing."
  /// What others call it.
  public static let otherNames = ["MissingIndicator", "AddMissingIndicator", "step_indicate_na"]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.columns, .name]
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .hasMissing
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("only_if_seen", \.onlyIfSeen, "Whether columns without missing values get none.")
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] { [Self(), Self(.all) { $0.onlyIfSeen = false }] }
  /// The keys that stages share.
  public var common = Common()
  /// Whether columns without missing values at fit get no indicator.
  public var onlyIfSeen = true
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .exact }

  /// It only looks at which values are missing.
  public var looksAtValues: Bool { false }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { true }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] { onlyIfSeen ? [.count] : [] }
  /// What it learns of the column.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> Bool {
    !onlyIfSeen || answers.count.missing > 0
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Bool?) -> [Output] {
    learned == false
      ? [.same(field.type)] : [.same(field.type), .made("missing", "{column}_{value}", .bool)]
  }
  /// Opens the work.
  public func kernel(_ learned: Bool, for field: Field, _ slots: Slots) -> Kernel {
    guard learned else { return { _, _ in } }
    return { block, _ in
      block.columns[slots.outputs[1]].becomeIndicator(of: block.columns[slots.input])
    }
  }
}

extension Column {
  /// Becomes flags that tell where another column is missing.
  func becomeIndicator(of other: Column) {
    prepare(.flags, count: other.count)
    let count = other.count
    let missing = other.missing
    unsafe flags.withUnsafeMutableBufferPointer { flags in
      for row in 0..<count { unsafe flags[row] = missing[row] ? 1 : 0 }
    }
  }
}
