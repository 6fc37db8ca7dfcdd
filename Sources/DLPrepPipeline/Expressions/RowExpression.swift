public import DLPrepBytes
public import DLPrepData

/// An expression over the columns of a row, such as `sibsp + parch + 1`, as pipeline files hold it.
///
/// It is a small typed language of its own: see `ExpressionFunction.all` for what it knows. Text is
/// its whole state; what can't be parsed is an error when it is read from a file, and in
/// `validate()` where it was written in Swift.
public struct RowExpression: Sendable {
  /// The text.
  public let text: String
  private let parsed: Result<ExpressionSyntax, PrepError>
  /// The scalar it stood in, for places.
  private let origin: ConfigNode

  /// An expression as written in Swift code.
  public init(_ text: String) { self.init(text, .text(text)) }

  private init(_ text: String, _ node: ConfigNode) {
    self.text = text
    origin = node
    var parser = ExpressionParser(text)
    do throws(ExpressionError) {
      parsed = .success(try parser.parsed())
    } catch {
      parsed = .failure(Self.located(error, text, node))
    }
  }

  /// Throws what is wrong with its grammar.
  public func validate() throws(PrepError) { _ = try parsed.get() }

  /// The columns that it names, each once, in the order of the text.
  public var columns: [String] {
    var names: [String] = []
    (try? parsed.get())?.forEachColumn { name, _ in
      if !names.contains(where: { $0.utf8.elementsEqual(name.utf8) }) { names.append(name) }
    }
    return names
  }

  /// Where it first names a column, as far as known.
  public func place(ofColumn name: String) -> Place? {
    var first: Int?
    (try? parsed.get())?.forEachColumn { other, offset in
      if first == nil, other.utf8.elementsEqual(name.utf8) { first = offset }
    }
    return first.flatMap { origin.place(at: $0).ifKnown }
  }

  /// The expression with its types, among the given columns.
  package func typed(_ scope: ExpressionScope) throws(PrepError) -> TypedExpression {
    let syntax = try parsed.get()
    do throws(ExpressionError) {
      return try ExpressionChecker(scope: scope).typed(syntax)
    } catch {
      throw Self.located(error, text, origin)
    }
  }

  /// The expression with its types, which must give what a column can hold.
  package func value(_ scope: ExpressionScope) throws(PrepError) -> TypedExpression {
    let typed = try typed(scope)
    if typed.type.dataType == nil, typed.type != .unknown {
      throw error(
        "expected a value that a column can hold, found \(typed.type.name)",
        hint: typed.type == .null ? nil : "days(x) or seconds(x) is a number")
    }
    return typed
  }

  /// The expression with its types, which must be a condition.
  package func condition(_ scope: ExpressionScope) throws(PrepError) -> TypedExpression {
    let typed = try typed(scope)
    if typed.type != .bool && typed.type != .unknown {
      throw error("expected a condition, found \(typed.type.name)", hint: "compare it: x > 0")
    }
    return typed
  }

  /// An error about the whole of it.
  package func error(_ message: String, hint: String? = nil) -> PrepError {
    Self.located(ExpressionError(.type, message, at: 0, hint: hint), text, origin)
  }

  private static func located(
    _ error: ExpressionError, _ text: String, _ node: ConfigNode
  ) -> PrepError {
    let place = node.place(at: error.offset).ifKnown
    var message = error.message
    if place == nil {
      message += ", at character \(error.offset + 1) of '\(ConfigNode.shortened(text))'"
    }
    return PrepError(error.code, message, at: place, hint: error.hint)
  }
}

extension RowExpression: Equatable {
  /// Whether both are written the same, wherever they stand.
  public static func == (a: RowExpression, b: RowExpression) -> Bool {
    a.text.utf8.elementsEqual(b.text.utf8)
  }
}

extension RowExpression: ExpressibleByStringLiteral {
  /// An expression as written in Swift code.
  public init(stringLiteral text: String) { self.init(text) }
}

extension RowExpression: ParameterValue {
  /// What may stand there.
  public static var expected: String { "an expression" }
  /// Any scalar.
  public static var schema: JSON { ParameterSchema.text }
  /// Reads an expression.
  public init(_ node: ConfigNode) throws(PrepError) {
    guard case .scalar(let text, _, _) = node else {
      throw Self.mismatch(node, hint: "put it in quotes")
    }
    self.init(text, node)
    try validate()
  }
  /// The text.
  public var node: ConfigNode? { ConfigNode.text(text) }
}
