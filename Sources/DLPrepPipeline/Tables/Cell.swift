/// One cell of a row in memory; literals stand for themselves, and nil for a missing value.
public enum Cell: Sendable, Equatable {
  case missing
  case number(Double)
  case integer(Int64)
  case bool(Bool)
  /// Text; also a date or timestamp as ISO 8601 says it.
  case text(String)
}

extension Cell: ExpressibleByNilLiteral, ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral,
  ExpressibleByBooleanLiteral, ExpressibleByStringLiteral
{
  /// A missing value.
  public init(nilLiteral: ()) { self = .missing }
  /// A whole number.
  public init(integerLiteral value: Int64) { self = .integer(value) }
  /// A number.
  public init(floatLiteral value: Double) { self = .number(value) }
  /// True or false.
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  /// Text.
  public init(stringLiteral value: String) { self = .text(value) }
}
