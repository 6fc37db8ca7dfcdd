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

  /// A table without columns.
  public init() { columns = [] }

  /// Adds a column at the end.
  package mutating func append(_ name: String, _ values: Values) { columns.append((name, values)) }

  /// Adds rows to the column at a position; they must be of its type.
  package mutating func extend(_ column: Int, by values: Values) {
    columns[column].values = columns[column].values.extended(by: values)
  }

  /// How many rows there are.
  public var rowCount: Int { columns.first?.values.count ?? 0 }

  /// Whether two tables have the same columns with the same values.
  public static func == (a: Table, b: Table) -> Bool {
    a.columns.elementsEqual(b.columns) { $0.name == $1.name && $0.values == $1.values }
  }
}

extension Table.Values {
  /// No rows of a type; dates and timestamps are integers.
  package init(empty type: DataType) {
    switch type {
    case .integer, .date, .timestamp, .vector: self = .integer([])
    case .float: self = .float([])
    case .bool: self = .bool([])
    case .category: self = .category([])
    case .text: self = .text([])
    }
  }

  /// These rows, then others; integers become floats where the others are.
  func extended(by other: Table.Values) -> Table.Values {
    switch (self, other) {
    case (.integer(let a), .integer(let b)): .integer(a + b)
    case (.integer(let a), .float(let b)): .float(a.map { $0.map(Double.init) } + b)
    case (.float(let a), .integer(let b)): .float(a + b.map { $0.map(Double.init) })
    case (.float(let a), .float(let b)): .float(a + b)
    case (.bool(let a), .bool(let b)): .bool(a + b)
    case (.category(let a), .category(let b)): .category(a + b)
    case (.text(let a), .text(let b)): .text(a + b)
    default: preconditionFailure("a column keeps its type from block to block")
    }
  }
}
