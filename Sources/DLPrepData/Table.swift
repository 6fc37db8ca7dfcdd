/// A small table in memory, for embedding and for tests: named columns of one length.
public struct Table: Sendable, Equatable {
  /// The values of one column; nil is missing.
  public enum Values: Sendable, Equatable {
    case integer([Int64?])
    case float([Double?])
    case bool([Bool?])
    case category([String?])
    case text([String?])

    /// How many rows there are.
    public var count: Int {
      switch self {
      case .integer(let v): v.count
      case .float(let v): v.count
      case .bool(let v): v.count
      case .category(let v), .text(let v): v.count
      }
    }

    /// What the values mean.
    public var type: DataType {
      switch self {
      case .integer: .integer
      case .float: .float
      case .bool: .bool
      case .category: .category
      case .text: .text
      }
    }
  }

  /// The columns, in order.
  public private(set) var columns: [(name: String, values: Values)]

  /// A table of the given columns, in the order they are written.
  ///
  /// Columns of unequal length are cut to the shortest by no one: it is an error of code `column`.
  public init(_ columns: KeyValuePairs<String, Values>) throws(PrepError) {
    self.columns = columns.map { ($0.key, $0.value) }
    for (name, values) in self.columns where values.count != rowCount {
      throw PrepError(
        .column, "expected \(rowCount) rows in column '\(name)', found \(values.count)")
    }
  }

  /// How many rows there are.
  public var rowCount: Int { columns.first?.values.count ?? 0 }

  /// Whether two tables have the same columns with the same values.
  public static func == (a: Table, b: Table) -> Bool {
    a.columns.elementsEqual(b.columns) { $0.name == $1.name && $0.values == $1.values }
  }
}
