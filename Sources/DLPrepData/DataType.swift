/// What a column's values mean.
public enum DataType: Sendable, Hashable {
  /// Whole numbers of 64 bits.
  case integer
  /// IEEE 754 binary64.
  case float
  /// True or false.
  case bool
  /// One of a limited set of byte strings.
  case category
  /// Free text.
  case text
  /// A day, counted from 1970-01-01.
  case date
  /// An instant, in microseconds from 1970-01-01T00:00:00Z.
  case timestamp
  /// Several numbers a row; the width is unknown before data were seen.
  case vector(width: Int?)

  /// Whether arithmetic makes sense: integer or float.
  public var isNumeric: Bool { self == .integer || self == .float }

  /// Whether its values are told apart by their bytes: category or text.
  public var isTextual: Bool { self == .category || self == .text }

  /// Whether this is a vector of any width.
  public var isVector: Bool {
    if case .vector = self { true } else { false }
  }

  /// Whether a column planned as this type may turn out as `actual`.
  public func admits(_ actual: DataType) -> Bool {
    if case .vector(width: nil) = self { return actual.isVector }
    return self == actual
  }

  /// The word for it in pipeline files and messages.
  public var name: String {
    switch self {
    case .integer: "integer"
    case .float: "float"
    case .bool: "bool"
    case .category: "category"
    case .text: "text"
    case .date: "date"
    case .timestamp: "timestamp"
    case .vector: "vector"
    }
  }

  /// The type that a word in a pipeline file stands for.
  public init?(name: String) {
    switch name {
    case "integer": self = .integer
    case "float": self = .float
    case "bool": self = .bool
    case "category": self = .category
    case "text": self = .text
    case "date": self = .date
    case "timestamp": self = .timestamp
    case "vector": self = .vector(width: nil)
    default: return nil
    }
  }
}
