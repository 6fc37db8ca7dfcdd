public import DLPrepData
public import DLPrepPipeline

/// Keeps the chosen features and drops the others.
///
/// ```yaml
/// - select: {columns: [b, a]}
/// ```
/// ```csv
/// a,b,c
/// 1,2,3
/// ```
/// becomes
/// ```csv
/// a,b
/// 1,2
/// ```
/// Columns of another role than feature (target, id, weight, ...) stay; the order is that of the
/// table. It learns nothing and reads no value. Same as dplyr `select`. Cost: none.
public struct Select: StructureStage {
  /// The key in pipeline files.
  public static let name = "select"
  /// One sentence for listings.
  public static let summary = "Keeps the chosen features and drops the others."
  /// What others call it.
  public static let otherNames = ["step_select", "select_columns", "keep", "ColumnSelector"]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = []
  /// Stages that differ in everything.
  public static var examples: [Self] { [Self(.numeric)] }
  /// The keys that stages share.
  public var common = Common()
  /// Everything at its default.
  public init() {}

  /// Which columns stay.
  public func arranged(
    _ fields: [Field], selected: [Int]
  ) throws(PrepError) -> [(index: Int, name: String)] {
    // An expression that nothing answers to does nothing; only an empty list drops all.
    if selected.isEmpty, !isList { return fields.indices.map { ($0, fields[$0].name) } }
    let chosen = Set(selected)
    return fields.indices.filter { chosen.contains($0) || fields[$0].role != .feature }
      .map { ($0, fields[$0].name) }
  }

  private var isList: Bool { if case .names = columns { true } else { false } }
}
