internal import DLPrepData

extension Role: ParameterValue {}

/// The types that a schema may declare.
enum DeclaredType: String, CaseIterable, ParameterValue {
  case integer
  case float
  case bool
  case category
  case text
  case date
  case timestamp
}

/// What `schema.columns` says of one column, as it stands there.
struct DeclaredColumn: Sendable, Equatable {
  var type: DeclaredType?
  var role = Role.feature
  var isRequired = true
  var format: String?
  var timezone: String?
  /// What `check:` holds, which becomes a step.
  var check: CheckNode?

  static let parameters: [Parameter<DeclaredColumn>] = [
    .init("type", \.type, "How its cells are read; default: decided at fit over every value."),
    .init("role", \.role, "What it is for."),
    .init("required", \.isRequired, "Whether it must be there; else it is all missing."),
    .init("check", \.check, "Rules for its values, as the check stage takes them."),
    .init("format", \.format, "How dates or timestamps are written, as strftime has it."),
    .init("timezone", \.timezone, "The zone of timestamps without an offset."),
  ]

  /// Rules between the keys.
  var problems: [(key: String, message: String, hint: String?)] {
    var problems: [(key: String, message: String, hint: String?)] = []
    if format != nil, type != .date, type != .timestamp {
      problems.append(("format", "only a date or a timestamp has one", "declare its type"))
    }
    if timezone != nil, type != .timestamp {
      problems.append(("timezone", "only a timestamp has one", "declare its type"))
    }
    if role == .ignore {
      if check != nil {
        problems.append(("check", "a column with role ignore is not read", nil))
      }
      if !isRequired {
        problems.append(("required", "a column with role ignore is never required", nil))
      }
    }
    return problems
  }

  var cellType: CellType? {
    type.map { type in
      switch type {
      case .integer: .integer(takesDecimals: false)
      case .float: .float
      case .bool: .bool(lenient: true)
      case .category: .category
      case .text: .text
      case .date: .date(format: format)
      case .timestamp: .timestamp(format: format, timezone: timezone)
      }
    }
  }

  init() {}

  /// What a file would say of a column; an inferred type is not declared.
  init(_ column: Contract.Column) {
    role = column.role
    isRequired = column.isRequired
    switch column.type {
    case nil: break
    case .integer: type = .integer
    case .float: type = .float
    case .bool: type = .bool
    case .category: type = .category
    case .text: type = .text
    case .date(let format): (type, self.format) = (.date, format)
    case .timestamp(let format, let timezone):
      (type, self.format, self.timezone) = (.timestamp, format, timezone)
    }
  }
}

/// The rules under `check:`, not yet understood.
struct CheckNode: ParameterValue {
  var node: ConfigNode?

  init(rules: ConfigNode) { node = rules }

  static var expected: String { "rules such as {min: 0, max: 120} as a mapping" }

  init(_ node: ConfigNode) throws(PrepError) {
    guard case .map = node else { throw Self.mismatch(node) }
    self.node = node
  }
}
