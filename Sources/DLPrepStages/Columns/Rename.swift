public import DLPrepData
public import DLPrepPipeline

/// Gives columns other names.
///
/// ```yaml
/// - rename: {map: {a: width}}
/// ```
/// ```csv
/// a,b
/// 1,2
/// ```
/// becomes
/// ```csv
/// width,b
/// 1,2
/// ```
/// The map says old: new. It learns nothing and reads no value. Same as pandas `rename(columns=)`.
/// Cost: none.
public struct Rename: StructureStage {
  /// The key in pipeline files.
  public static let name = "rename"
  /// One sentence for listings.
  public static let summary = "Gives columns other names."
  /// What others call it.
  public static let otherNames = ["step_rename", "rename_columns"]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = []
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("map", \.map, "The old name of each column, with its new one.")
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    var rename = Self()
    rename.map = ["a": "renamed", "b": "a"]
    return [rename]
  }
  /// The keys that stages share.
  public var common = Common()
  /// The old name of each column, with its new one.
  public var map: TextMap = [:]
  /// Everything at its default.
  public init() {}

  /// Where it acts.
  public var columns: Selector? { .names(map.entries.map(\.key)) }
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    if map.entries.isEmpty { throw PrepError(.value, "expected names in 'map', found none") }
  }
  /// Which columns stay.
  public func arranged(
    _ fields: [Field], selected: [Int]
  ) throws(PrepError) -> [(index: Int, name: String)] {
    fields.indices.map { ($0, map[fields[$0].name] ?? fields[$0].name) }
  }
}
