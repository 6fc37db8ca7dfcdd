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
    var seen: Set<String> = []
    for entry in map.entries where !seen.insert(entry.value).inserted {
      throw PrepError(
        .value, "expected new names, found '\(entry.value)' for two columns",
        column: entry.key)
    }
  }
  /// Which columns stay.
  public func arranged(
    _ fields: [Field], selected: [Int]
  ) throws(PrepError) -> [(index: Int, name: String)] {
    let new = Dictionary(
      map.entries.map { ($0.key, $0.value) }, uniquingKeysWith: { first, _ in first })
    let names = fields.map { new[$0.name] ?? $0.name }
    let kept = Set(fields.map(\.name).filter { new[$0] == nil })
    let renamed = Set(fields.map(\.name)).subtracting(kept)
    for entry in map.entries where kept.contains(entry.value) && renamed.contains(entry.key) {
      throw PrepError(
        .collision, "expected new names, found a second column '\(entry.value)'",
        hint: "rename or drop the other '\(entry.value)' first", column: entry.key)
    }
    return fields.indices.map { ($0, names[$0]) }
  }
}
