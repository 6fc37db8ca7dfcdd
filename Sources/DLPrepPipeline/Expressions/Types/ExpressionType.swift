package import DLPrepData

/// What a part of an expression gives.
package enum ExpressionType: Sendable, Hashable {
  case integer
  case float
  case bool
  case category
  case text
  case date
  case timestamp
  /// Whole days, the difference of two dates.
  case days
  /// Microseconds, the difference of two instants.
  case duration
  /// The literal null alone.
  case null
  /// That of a column whose type only data can tell.
  case unknown

  /// The type of a column; nil where expressions can't take it.
  package init?(_ type: DataType) {
    switch type {
    case .integer: self = .integer
    case .float: self = .float
    case .bool: self = .bool
    case .category: self = .category
    case .text: self = .text
    case .date: self = .date
    case .timestamp: self = .timestamp
    case .vector: return nil
    }
  }

  /// The type of a column that holds it; nil where none can.
  package var dataType: DataType? {
    switch self {
    case .integer: .integer
    case .float: .float
    case .bool: .bool
    case .category: .category
    case .text: .text
    case .date: .date
    case .timestamp: .timestamp
    case .days, .duration, .null, .unknown: nil
    }
  }

  /// The word for it in messages.
  package var name: String {
    switch self {
    case .days: "span of days"
    case .duration: "span of time"
    case .null: "null"
    case .unknown: "unknown"
    default: dataType?.name ?? ""
    }
  }

  /// Which buffer of a column holds its values.
  var storage: Column.Storage {
    switch self {
    case .integer, .date, .timestamp, .days, .duration: .integers
    case .float: .floats
    case .bool: .flags
    case .category: .codes
    case .text: .text
    case .null, .unknown: .integers
    }
  }
}

/// The types that a function takes in one place.
package struct ExpressionTypes: OptionSet, Sendable {
  package let rawValue: UInt16
  package init(rawValue: UInt16) { self.rawValue = rawValue }

  package static let integer = Self(rawValue: 1)
  package static let float = Self(rawValue: 2)
  package static let bool = Self(rawValue: 4)
  package static let text = Self(rawValue: 8)
  package static let date = Self(rawValue: 16)
  package static let timestamp = Self(rawValue: 32)
  package static let span = Self(rawValue: 64)
  package static let number: Self = [.integer, .float]
  package static let time: Self = [.date, .timestamp]
  package static let ordered: Self = [.number, .text, .time, .span]
  package static let any: Self = [.ordered, .bool]

  /// Whether a value of this type may stand there.
  func admits(_ type: ExpressionType) -> Bool {
    switch type {
    case .integer: contains(.integer)
    case .float: contains(.float)
    case .bool: contains(.bool)
    case .category, .text: contains(.text)
    case .date: contains(.date)
    case .timestamp: contains(.timestamp)
    case .days, .duration: contains(.span)
    case .null: false
    case .unknown: true
    }
  }

  /// The words for them in messages.
  var words: String {
    if self == .any { return "any value" }
    var words: [String] = []
    if isSuperset(of: .number) {
      words.append("a number")
    } else if contains(.integer) {
      words.append("a whole number")
    }
    if contains(.bool) { words.append("a condition") }
    if contains(.text) { words.append("text") }
    if contains(.date) { words.append("a date") }
    if contains(.timestamp) { words.append("a timestamp") }
    if contains(.span) { words.append("a span") }
    return words.joined(separator: " or ")
  }
}
