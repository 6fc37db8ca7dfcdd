public import DLPrepData
public import DLPrepPipeline

/// Puts columns first, in the order they are named; the others follow as they stood.
///
/// ```yaml
/// - reorder: {columns: [c, a]}
/// ```
/// ```csv
/// a,b,c
/// 1,2,3
/// ```
/// becomes
/// ```csv
/// c,a,b
/// 3,1,2
/// ```
/// Columns that an expression chooses come first in the order of the table. It learns nothing and
/// reads no value. Same as Polars `select([c, a, ...])` with the rest behind, dplyr `relocate`.
/// Cost: none.
public struct Reorder: StructureStage {
  /// The key in pipeline files.
  public static let name = "reorder"
  /// One sentence for listings.
  public static let summary = "Puts columns first, in the order they are named."
  /// What others call it.
  public static let otherNames = ["relocate", "MatchVariables", "reindex", "step_relocate"]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = []
  /// Stages that differ in everything.
  public static var examples: [Self] { [Self(["t", "a"]), Self(.type(.bool))] }
  /// The keys that stages share.
  public var common = Common()
  /// Everything at its default.
  public init() {}

  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    guard case .names(let names)? = columns, Set(names).count < names.count else { return }
    throw PrepError(.value, "'columns': expected distinct names, found one twice")
  }
  /// Which columns stay, in their order.
  public func arranged(
    _ fields: [Field], selected: [Int]
  ) throws(PrepError) -> [(index: Int, name: String)] {
    var first = selected
    if case .names(let names)? = columns {
      let positions = Dictionary(
        selected.map { (fields[$0].name, $0) }, uniquingKeysWith: { first, _ in first })
      first = names.compactMap { positions[$0] }
    }
    let chosen = Set(first)
    return (first + fields.indices.filter { !chosen.contains($0) }).map { ($0, fields[$0].name) }
  }
}
