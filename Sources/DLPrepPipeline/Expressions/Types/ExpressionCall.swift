import DLPrepBytes
import DLPrepData

/// A call while its types are worked out.
struct ExpressionCall {
  let function: ExpressionFunction
  let offset: Int
  var arguments: [TypedExpression]

  /// The types of the arguments.
  var types: [ExpressionType] { arguments.map(\.type) }

  /// Whether any type isn't known.
  var isOpen: Bool { types.contains(.unknown) }

  /// Brings arguments to one type and gives it: integers become floats beside floats, categories
  /// text beside text, dates instants beside instants; a text literal beside dates is read as one.
  @discardableResult
  mutating func unify(_ positions: some Sequence<Int>) throws(ExpressionError) -> ExpressionType {
    let positions = Array(positions)
    var common = ExpressionType.null
    for position in positions where !isTextLiteral(position) {
      common = try joined(common, position)
    }
    for position in positions where isTextLiteral(position) {
      if common != .date && common != .timestamp { common = try joined(common, position) }
    }
    if common != .unknown { for position in positions { try convert(position, to: common) } }
    return common
  }

  private func isTextLiteral(_ position: Int) -> Bool {
    if case .text? = arguments[position].literal { true } else { false }
  }

  private func joined(
    _ common: ExpressionType, _ position: Int
  ) throws(ExpressionError) -> ExpressionType {
    let type = arguments[position].type
    switch (common, type) {
    case (.null, _): return type
    case (_, .null): return common
    case (.unknown, _), (_, .unknown): return .unknown
    case (.integer, .float), (.float, .integer): return .float
    case (.category, .text), (.text, .category): return .text
    case (.date, .timestamp), (.timestamp, .date): return .timestamp
    case (.days, .duration), (.duration, .days): return .duration
    default:
      guard common == type else {
        throw ExpressionError(
          .type, "expected \(common.name), as before it, found \(type.name)",
          at: arguments[position].offset, hint: hint(common, position))
      }
      return common
    }
  }

  private func hint(_ common: ExpressionType, _ position: Int) -> String? {
    switch (common, arguments[position].literal) {
    case (.category, .integer?), (.category, .float?), (.category, .bool?), (.text, .integer?),
      (.text, .float?), (.text, .bool?):
      "text stands in quotes"
    case (.integer, .text?), (.float, .text?): "a number stands without quotes"
    case (.bool, .integer?): "write true or false"
    default: nil
    }
  }

  /// Makes an argument another type.
  mutating func convert(_ position: Int, to type: ExpressionType) throws(ExpressionError) {
    let argument = arguments[position]
    guard argument.type != type else { return }
    var converted = argument
    converted.type = type
    switch (argument.literal, type) {
    case (.null?, _): converted.kind = .literal(.null)
    case (.integer(let value)?, .float): converted.kind = .literal(.float(Double(value)))
    case (.text(let text)?, .date), (.text(let text)?, .timestamp):
      let bytes = Array(text.utf8)
      let value = unsafe bytes.withUnsafeBufferPointer { bytes -> Int64? in
        let day = unsafe ISODate.day(bytes)
        if type == .date { return day }
        return unsafe day.map { $0 * microsecondsPerDay }
          ?? ISODate.timestamp(bytes)?.utcMicroseconds
      }
      guard let value else {
        throw ExpressionError(
          .value, "expected a \(type.name), found '\(text)'", at: argument.offset,
          hint: "write '2024-12-31'" + (type == .date ? "" : " or '2024-12-31T23:59:59Z'"))
      }
      converted.kind = .literal(.integer(value))
    default: converted.kind = .converted(argument)
    }
    arguments[position] = converted
  }

  /// The error for an argument.
  func error(_ message: String, _ position: Int, hint: String? = nil) -> ExpressionError {
    ExpressionError(.type, message, at: arguments[position].offset, hint: hint)
  }
}

/// Microseconds of a day.
let microsecondsPerDay: Int64 = 86_400_000_000
