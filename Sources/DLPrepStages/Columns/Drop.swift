public import DLPrepData
public import DLPrepPipeline

/// Drops columns.
///
/// ```yaml
/// - drop: {columns: [b]}
/// ```
/// ```csv
/// a,b,c
/// 1,2,3
/// ```
/// becomes
/// ```csv
/// a,c
/// 1,3
/// ```
/// It learns nothing and reads no value. Same as pandas `drop(columns=)`. Cost: none.
public struct Drop: StructureStage {
  /// The key in pipeline files.
  public static let name = "drop"
  /// One sentence for listings.
  public static let summary = "Drops columns."
  /// What others call it.
  public static let otherNames = ["drop_columns", "step_rm", "DropFeatures"]
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
    let dropped = Set(selected)
    return fields.indices.filter { !dropped.contains($0) }.map { ($0, fields[$0].name) }
  }
}
