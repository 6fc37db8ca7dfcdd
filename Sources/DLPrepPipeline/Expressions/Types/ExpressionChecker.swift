package import DLPrepData

/// The columns that an expression may name.
package struct ExpressionScope: Sendable {
  /// One of them.
  package struct Variable: Sendable {
    /// The column's name.
    package var name: String
    /// What it holds; nil: a vector, which expressions can't take.
    package var type: ExpressionType?
    /// For instants: the time zone.
    package var timeZone: String?
  }

  /// The columns, each where evaluation finds it.
  package private(set) var variables: [Variable] = []
  private var positions = NamePositions()
  /// Whether there may be columns that nothing is known of.
  package var isOpen = false

  /// No column.
  package init() {}

  /// The given columns.
  package init(_ fields: [Field]) { for field in fields { append(field) } }

  /// Adds a column; one of the same name before it isn't found any more.
  package mutating func append(_ field: Field) {
    append(Variable(name: field.name, type: ExpressionType(field.type), timeZone: field.timeZone))
  }

  /// Adds a column whose type only data can tell.
  package mutating func append(untyped name: String) {
    append(Variable(name: name, type: .unknown))
  }

  private mutating func append(_ variable: Variable) {
    positions[variable.name] = variables.count
    variables.append(variable)
  }

  /// Where the last column of a name stands.
  func position(of name: String) -> Int? { positions[name] }
}

/// Works out the types of an expression.
struct ExpressionChecker {
  let scope: ExpressionScope

  /// The expression with its types.
  func typed(_ syntax: ExpressionSyntax) throws(ExpressionError) -> TypedExpression {
    switch syntax.kind {
    case .literal(let literal):
      return TypedExpression(
        kind: .literal(literal), type: Self.type(of: literal), offset: syntax.offset)
    case .column(let name): return try column(name, syntax.offset)
    case .call(let name, let arguments): return try call(name, arguments, syntax.offset)
    }
  }

  private static func type(of literal: ExpressionLiteral) -> ExpressionType {
    switch literal {
    case .integer: .integer
    case .float: .float
    case .bool: .bool
    case .text: .category
    case .null: .null
    }
  }

  private func column(_ name: String, _ offset: Int) throws(ExpressionError) -> TypedExpression {
    guard let position = scope.position(of: name) else {
      if scope.isOpen { return TypedExpression(kind: .column(-1), type: .unknown, offset: offset) }
      let names = scope.variables.map(\.name)
      throw ExpressionError(
        .column, "there is no column '\(name)'", at: offset,
        hint: suggestion(for: name, among: names) ?? Self.textHint(name))
    }
    let variable = scope.variables[position]
    guard let type = variable.type else {
      throw ExpressionError(
        .type, "expected a column of single values, found the vector '\(name)'", at: offset,
        hint: "use the column before it is encoded")
    }
    return TypedExpression(
      kind: .column(position), type: type, offset: offset, timeZone: variable.timeZone)
  }

  private static func textHint(_ name: String) -> String? {
    ExpressionFunction.named(name) == nil ? nil : "'\(name)' is a function: write \(name)(...)"
  }

  private func call(
    _ name: String, _ syntaxes: [ExpressionSyntax], _ offset: Int
  ) throws(ExpressionError) -> TypedExpression {
    guard let function = ExpressionFunction.named(name) else {
      throw ExpressionError(
        .unknown, "there is no function '\(name)'", at: offset,
        hint: suggestion(for: name, among: ExpressionFunction.callable.map(\.name))
          ?? "'dlprep stages derive' lists them")
    }
    try checkCount(syntaxes.count, function, offset)
    var call = ExpressionCall(function: function, offset: offset, arguments: [])
    for syntax in syntaxes { call.arguments.append(try typed(syntax)) }
    for position in syntaxes.indices { try check(position, &call) }
    let type = try function.type(&call)
    let zones = Set(call.arguments.filter { $0.type == .timestamp }.map(\.timeZone))
    return TypedExpression(
      kind: .call(function, call.arguments), type: type, offset: offset,
      timeZone: zones.count == 1 ? zones.first ?? nil : nil)
  }

  private func checkCount(
    _ count: Int, _ function: ExpressionFunction, _ offset: Int
  ) throws(ExpressionError) {
    let (least, most) = function.argumentCount
    guard count < least || count > most ?? .max else { return }
    let expected =
      most == least ? "\(least)" : most.map { "\(least) to \($0)" } ?? "at least \(least)"
    throw ExpressionError(
      .type, "'\(function.name)': expected \(expected) arguments, found \(count)", at: offset,
      hint: "it is written \(function.signature)")
  }

  private func check(_ position: Int, _ call: inout ExpressionCall) throws(ExpressionError) {
    let parameter = call.function.parameter(position)
    let argument = call.arguments[position]
    if argument.type == .null {
      if parameter.takesNull { return }
      throw call.error(
        "'\(call.function.name)': expected \(parameter.takes.words), found null", position,
        hint: ["==", "!=", "in"].contains(call.function.name) ? "write is_null(x)" : nil)
    }
    if parameter.isLiteral && argument.literal == nil {
      throw call.error(
        "'\(call.function.name)': expected a literal as '\(parameter.name)', found an expression",
        position)
    }
    // Beside dates, literal text is read as one.
    if case .text? = argument.literal, !parameter.takes.isDisjoint(with: .time) { return }
    guard !parameter.takes.admits(argument.type) else { return }
    throw call.error(
      "'\(call.function.name)': expected \(parameter.takes.words), found \(argument.type.name)",
      position, hint: Self.hint(call.function, parameter.takes, argument))
  }

  private static func hint(
    _ function: ExpressionFunction, _ takes: ExpressionTypes, _ argument: TypedExpression
  ) -> String? {
    switch argument.type {
    case .bool where takes.contains(.integer): "integer(x) makes a condition 0 or 1"
    case .category, .text:
      function.name == "+"
        ? "texts are joined by concat(a, b)"
        : takes.contains(.integer) ? "cast the column to a number before, or quote no number" : nil
    case .integer, .float: takes == .bool ? "compare it: x > 0" : nil
    case .days, .duration: takes.contains(.integer) ? "days(x) or seconds(x) is a number" : nil
    default: nil
    }
  }
}
