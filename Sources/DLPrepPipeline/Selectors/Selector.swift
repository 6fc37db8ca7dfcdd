public import DLPrepData

/// Which columns a step acts on: a list of exact names, or an expression over names, types, facts.
///
/// It is evaluated at fit, on the columns as they stand at that step.
public indirect enum Selector: Sendable, Equatable {
  /// Columns by their exact names; a name that isn't there is an error.
  case names([String])
  /// Columns of a type; `numeric` is integer and float.
  case type(TypeWord)
  /// Names that match a pattern with `*` and `?`.
  case glob(String)
  /// Names in which a regular expression matches.
  case regex(String)
  /// At most two distinct values at fit.
  case binary
  /// Columns of a role.
  case role(Role)
  /// Columns of any role but `ignore`.
  case anyRole
  /// At least one value was missing at fit.
  case hasMissing
  /// The share of missing values compared with a number.
  case missing(Comparison, Double)
  /// The number of distinct values compared with a number.
  case cardinality(Comparison, Int)
  /// Columns that a step acted on.
  case of(String)
  /// Columns that a step made.
  case from(String)
  /// Every feature.
  case all
  case and(Selector, Selector)
  case or(Selector, Selector)
  case not(Selector)

  /// The words for types.
  public enum TypeWord: String, Sendable, CaseIterable {
    case numeric, integer, float, bool, category, text, date, timestamp, vector

    /// Whether a column of that type is meant.
    public func admits(_ type: DataType) -> Bool {
      self == .numeric ? type.isNumeric : type.name == rawValue
    }
  }

  /// How a fact is compared with a number.
  public enum Comparison: String, Sendable, CaseIterable {
    case less = "<"
    case atMost = "<="
    case equal = "=="
    case notEqual = "!="
    case atLeast = ">="
    case greater = ">"
  }

  /// Integers and floats.
  public static var numeric: Selector { .type(.numeric) }
  /// Categories.
  public static var category: Selector { .type(.category) }
}

extension Selector: ExpressibleByArrayLiteral {
  /// Exact names.
  public init(arrayLiteral elements: String...) { self = .names(elements) }
}
