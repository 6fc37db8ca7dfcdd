public import DLPrepData
public import DLPrepPipeline

/// Columns, each with its name in another table: `city`, `[city, day]` or `{city: name}`.
public struct ColumnNames: ParameterValue, ExpressibleByArrayLiteral {
  /// The columns.
  public var pairs: [Pair]

  /// A column and its name in the other table.
  public struct Pair: Sendable, Equatable {
    /// The column's name here.
    public var own: String
    /// Its name in the other table.
    public var other: String
  }

  /// Columns that have the same name in both.
  public init(arrayLiteral names: String...) {
    pairs = names.map { Pair(own: $0, other: $0) }
  }
  /// Columns by their name here and in the other table.
  public init(_ names: KeyValuePairs<String, String>) {
    pairs = names.map { Pair(own: $0.key, other: $0.value) }
  }

  /// What may stand there.
  public static var expected: String { "a column, a list of columns, or a mapping of columns" }
  /// Reads it from a pipeline file.
  public init(_ node: ConfigNode) throws(PrepError) {
    pairs = []
    switch node {
    case .scalar:
      let name = try String(node)
      pairs.append(Pair(own: name, other: name))
    case .list(let nodes, _):
      for node in nodes {
        let name = try String(node)
        pairs.append(Pair(own: name, other: name))
      }
    case .map(let entries, _):
      for entry in entries { pairs.append(Pair(own: entry.key, other: try String(entry.value))) }
    }
  }
  /// How a pipeline file says it.
  public var node: ConfigNode? {
    if pairs.allSatisfy({ $0.own == $0.other }) {
      return pairs.map(\.own).node
    }
    return .map(pairs.map { ($0.own, .text($0.other)) })
  }
}
