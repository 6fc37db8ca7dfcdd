import DLPrepData

/// Reads an expression.
///
/// From loose to tight: `or`, `and`, `not`, comparisons and `in`, `+ -`,
/// `* / %`, a sign.
struct ExpressionParser {
  /// How deep an expression may nest, and how many values and operators it may hold: both bound
  /// the recursion and the memory.
  static let depthLimit = 500
  static let sizeLimit = 10_000
  /// How deep parentheses, calls and prefixes may nest, each of which takes several levels of
  /// recursion here.
  private static let nestingLimit = 100

  /// Words that mean something by themselves.
  static let words: Set<String> = ["and", "or", "not", "in", "true", "false", "null"]
  private static let comparisons: Set<String> = ["==", "!=", "<", "<=", ">", ">="]

  private var lexer: ExpressionLexer
  private var token: ExpressionToken
  private var size = 0
  private var nesting = 0

  /// A part of the expression with the depth of its tree.
  private struct Part {
    var syntax: ExpressionSyntax
    var depth: Int
  }

  init(_ text: String) {
    lexer = ExpressionLexer(text)
    token = lexer.token()
  }

  /// The whole expression.
  mutating func parsed() throws(ExpressionError) -> ExpressionSyntax {
    if token.kind == .end {
      throw ExpressionError(.value, "expected an expression, found nothing", at: 0)
    }
    let part = try disjunction()
    guard token.kind == .end else { throw unexpected("an operator or the end") }
    return part.syntax
  }

  private mutating func disjunction() throws(ExpressionError) -> Part {
    var part = try conjunction()
    while let offset = take(word: "or") { part = try call("or", [part, conjunction()], offset) }
    return part
  }

  private mutating func conjunction() throws(ExpressionError) -> Part {
    var part = try negation()
    while let offset = take(word: "and") { part = try call("and", [part, negation()], offset) }
    return part
  }

  private mutating func negation() throws(ExpressionError) -> Part {
    guard let offset = take(word: "not") else { return try comparison() }
    try nest()
    defer { nesting -= 1 }
    return try call("not", [negation()], offset)
  }

  private mutating func comparison() throws(ExpressionError) -> Part {
    let left = try sum()
    guard let (name, isNegated, offset) = try comparisonSign() else { return left }
    let part: Part
    if name == "in" {
      let membership = try call("in", [left] + list(), offset)
      part = isNegated ? try call("not", [membership], offset) : membership
    } else {
      part = try call(name, [left, sum()], offset)
    }
    if let (_, _, second) = try comparisonSign() {
      throw ExpressionError(
        .value, "expected 'and' or 'or' between two comparisons", at: second,
        hint: "write a < b and b < c")
    }
    return part
  }

  /// Takes a comparison, `in` or `not in`, if one stands here.
  private mutating func comparisonSign() throws(ExpressionError) -> (String, Bool, Int)? {
    let start = token.offset
    if case .sign(let sign) = token.kind, Self.comparisons.contains(sign) {
      advance()
      return (sign, false, start)
    }
    if take(word: "in") != nil { return ("in", false, start) }
    guard take(word: "not") != nil else { return nil }
    guard take(word: "in") != nil else { throw unexpected("'in' after 'not'") }
    return ("in", true, start)
  }

  /// The values after `in`.
  private mutating func list() throws(ExpressionError) -> [Part] {
    guard token.kind == .sign("(") else { throw unexpected("( and the values") }
    try nest()
    defer { nesting -= 1 }
    advance()
    var values = [try disjunction()]
    while take(sign: ",") { values.append(try disjunction()) }
    try close()
    return values
  }

  private mutating func sum() throws(ExpressionError) -> Part {
    var part = try product()
    while case .sign(let sign) = token.kind, sign == "+" || sign == "-" {
      let offset = token.offset
      advance()
      part = try call(sign, [part, product()], offset)
    }
    return part
  }

  private mutating func product() throws(ExpressionError) -> Part {
    var part = try signed()
    while case .sign(let sign) = token.kind, ["*", "/", "%"].contains(sign) {
      let offset = token.offset
      advance()
      part = try call(sign, [part, signed()], offset)
    }
    return part
  }

  private mutating func signed() throws(ExpressionError) -> Part {
    guard case .sign(let sign) = token.kind, sign == "-" || sign == "+" else {
      return try primary()
    }
    let offset = token.offset
    try nest()
    defer { nesting -= 1 }
    advance()
    let part = try signed()
    if sign == "+" { return part }
    switch part.syntax.kind {
    case .literal(.integer(let value)):
      // No literal is negative before its sign: nothing overflows.
      return Part(syntax: .init(kind: .literal(.integer(-value)), offset: offset), depth: 1)
    case .literal(.float(let value)):
      return Part(syntax: .init(kind: .literal(.float(-value)), offset: offset), depth: 1)
    default: return try call("negate", [part], offset)
    }
  }

  private mutating func primary() throws(ExpressionError) -> Part {
    let start = token
    switch start.kind {
    case .integer(let value): return try leaf(.literal(.integer(value)))
    case .float(let value): return try leaf(.literal(.float(value)))
    case .text(let text): return try leaf(.literal(.text(text)))
    case .quotedName(let name): return try leaf(.column(name))
    case .word("true"): return try leaf(.literal(.bool(true)))
    case .word("false"): return try leaf(.literal(.bool(false)))
    case .word("null"): return try leaf(.literal(.null))
    case .word(let word) where !Self.words.contains(word):
      advance()
      if token.kind == .sign("(") { return try call(word, arguments(), start.offset) }
      return try counted(ExpressionSyntax(kind: .column(word), offset: start.offset), 1)
    case .sign("("):
      try nest()
      defer { nesting -= 1 }
      advance()
      let part = try disjunction()
      try close()
      return part
    default: throw unexpected("a value")
    }
  }

  private mutating func arguments() throws(ExpressionError) -> [Part] {
    try nest()
    defer { nesting -= 1 }
    advance()
    if take(sign: ")") { return [] }
    var arguments = [try disjunction()]
    while take(sign: ",") { arguments.append(try disjunction()) }
    try close()
    return arguments
  }

  private mutating func close() throws(ExpressionError) {
    guard take(sign: ")") else { throw unexpected(", or )") }
  }

  private mutating func leaf(_ kind: ExpressionSyntax.Kind) throws(ExpressionError) -> Part {
    let offset = token.offset
    advance()
    return try counted(ExpressionSyntax(kind: kind, offset: offset), 1)
  }

  private mutating func call(
    _ name: String, _ parts: [Part], _ offset: Int
  ) throws(ExpressionError) -> Part {
    let depth = (parts.map(\.depth).max() ?? 0) + 1
    return try counted(
      ExpressionSyntax(kind: .call(name, parts.map(\.syntax)), offset: offset), depth)
  }

  private mutating func counted(
    _ syntax: ExpressionSyntax, _ depth: Int
  ) throws(ExpressionError) -> Part {
    size += 1
    if size > Self.sizeLimit {
      throw ExpressionError(
        .limit, "expected at most \(Self.sizeLimit) values and operators", at: syntax.offset)
    }
    if depth > Self.depthLimit {
      throw ExpressionError(
        .limit, "nested deeper than \(Self.depthLimit) levels", at: syntax.offset,
        hint: "use parentheses in a long chain, or an expression of its own for a part")
    }
    return Part(syntax: syntax, depth: depth)
  }

  private mutating func nest() throws(ExpressionError) {
    nesting += 1
    if nesting > Self.nestingLimit {
      throw ExpressionError(
        .limit, "nested deeper than \(Self.nestingLimit) levels", at: token.offset)
    }
  }

  private mutating func advance() { token = lexer.token() }

  private mutating func take(word: String) -> Int? {
    guard token.kind == .word(word) else { return nil }
    let offset = token.offset
    advance()
    return offset
  }

  private mutating func take(sign: String) -> Bool {
    guard token.kind == .sign(sign) else { return false }
    advance()
    return true
  }

  private func unexpected(_ expected: String) -> ExpressionError {
    if case .broken(let message, let hint) = token.kind {
      return ExpressionError(
        .value, "\(message), found \(token.found)", at: token.offset, hint: hint)
    }
    var hint: String?
    if case .word(let word) = token.kind, Self.words.contains(word) {
      hint = "a column of that name stands in backticks"
    } else if case .word(let word) = token.kind, ["is", "IS"].contains(word) {
      hint = "write is_null(x)"
    } else if case .word(let word) = token.kind, Self.words.contains(word.lowercased()) {
      hint = "write \(word.lowercased())"
    }
    return ExpressionError(
      .value, "expected \(expected), found \(token.found)", at: token.offset, hint: hint)
  }
}
