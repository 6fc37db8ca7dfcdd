public import DLPrepData

/// What incoming data must be: columns by name, never by position.
public struct Contract: Sendable, Equatable {
  /// What happens to columns that it doesn't name.
  public enum Extra: String, Sendable, CaseIterable, ParameterValue {
    case ignore
    case error
  }

  /// What it says of one column.
  public struct Column: Sendable, Equatable {
    /// The column's name.
    public var name: String
    /// The declared type; nil: decided at fit, over every value.
    public var type: CellType?
    /// What the column is for.
    public var role = Role.feature
    /// Whether it must be there; if it isn't, every row is missing.
    public var isRequired = true
    /// Where the file names it.
    public var place: Place?

    /// A feature of a type yet to be found out.
    public init(_ name: String) { self.name = name }

    /// Whether both say the same, wherever they stand.
    public static func == (a: Column, b: Column) -> Bool {
      a.name.utf8.elementsEqual(b.name.utf8) && a.type == b.type && a.role == b.role
        && a.isRequired == b.isRequired
    }
  }

  /// Columns unknown to the fit.
  public var extraColumns = Extra.ignore
  /// The columns it names, in order.
  public var columns: [Column] = []

  /// A contract that names nothing.
  public init() {}

  /// What it says of a column.
  public subscript(name: String) -> Column? { columns.first { $0.name == name } }
}

/// Which rows are kept apart for testing.
public struct Split: Sendable, Equatable {
  /// How test rows are chosen.
  public enum Method: String, Sendable, CaseIterable, ParameterValue {
    /// By a hash of the key, or of the row's number.
    case hash
    /// The last share of the rows by the column with role time.
    case time
  }

  /// How test rows are chosen.
  public var method = Method.hash
  /// Rows with the same value of this column stay together.
  public var key: String?
  /// The share of test rows.
  public var test = 0.2
  /// Where the file says so.
  public var place: Place?

  /// A fifth of the rows by hash.
  public init() {}

  /// Whether both say the same, wherever they stand.
  public static func == (a: Split, b: Split) -> Bool {
    a.method == b.method && a.key == b.key && a.test == b.test
  }
}

/// What is written.
public struct OutputOptions: Sendable, Equatable {
  /// The type of tensors.
  public enum Scalar: String, Sendable, CaseIterable, ParameterValue {
    case float32
    case float64
  }

  /// The type of tensors.
  public var dtype = Scalar.float32
  /// Columns copied as read and written beside the features.
  public var passthrough: [String] = []
  /// The most columns that the output may have; nil: `columnLimit`.
  public var maxColumns: Int?
  /// The most columns that the output may have, unless the file says else.
  public static let columnLimit = 100_000
  /// Where the file names the passthrough columns.
  public var place: Place?

  /// float32, nothing passed through, the usual limit.
  public init() {}

  /// Whether both say the same, wherever they stand.
  public static func == (a: OutputOptions, b: OutputOptions) -> Bool {
    a.dtype == b.dtype && a.passthrough == b.passthrough && a.maxColumns == b.maxColumns
  }
}
