/// How the cells of one column are read.
public enum CellType: Sendable, Hashable {
  /// Whole numbers; `takesDecimals`: where a decimal comes up, the column becomes floats, so that
  /// every value must lie within 2^53.
  case integer(takesDecimals: Bool)
  /// Numbers.
  case float
  /// True or false; `lenient`: also t/f, yes/no, y/n, 1/0 in any case.
  case bool(lenient: Bool)
  /// Codes into the block's dictionary.
  case category
  /// The bytes as they stand.
  case text
  /// Days, by a strptime-like format; nil is `YYYY-MM-DD`.
  case date(format: String?)
  /// Instants, by a format and in a time zone; nil are ISO 8601 and UTC.
  case timestamp(format: String?, timezone: String?)

  /// The type of the column that comes of it.
  public var dataType: DataType {
    switch self {
    case .integer: .integer
    case .float: .float
    case .bool: .bool
    case .category: .category
    case .text: .text
    case .date: .date
    case .timestamp: .timestamp
    }
  }
}

/// One column to read: where it stands in the input and where it goes.
public struct ReadColumn: Sendable, Hashable {
  /// Its position in the input's records; nil where the input lacks it: every row is missing.
  public var source: Int?
  /// The slot of the block that it is read into.
  public var slot: Int
  /// How its cells are read.
  public var type: CellType
  /// Whether a cell that doesn't fit is evidence for another type (and missing), not an error.
  public var isGuess: Bool
  /// Whether nothing more is wanted of the block once a guess of integer is shown to be wrong: the
  /// rest may be missing, as the column will be read again.
  public var mayEndEarly = false
  /// The rules of the type's time zone; nil: those of the system's database.
  public var zone: ZoneTransitions?

  /// Says where a column comes from, where it goes and how it is read.
  public init(source: Int?, slot: Int, type: CellType, isGuess: Bool = false) {
    self.source = source
    self.slot = slot
    self.type = type
    self.isGuess = isGuess
  }
}

/// What to do with a record that breaks the contract.
public enum BadRowAction: String, Sendable, Hashable, CaseIterable {
  case error
  case reject
  case keep
}

/// Which columns to read, and how.
public struct ReadPlan: Sendable, Hashable {
  /// The columns; every other one is parsed past.
  public var columns: [ReadColumn]
  /// How many slots the block has.
  public var slots: Int

  /// A plan that reads `columns` into a block of `slots` slots.
  public init(columns: [ReadColumn], slots: Int) {
    self.columns = columns
    self.slots = slots
  }
}
