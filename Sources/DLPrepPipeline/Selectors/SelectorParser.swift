internal import DLPrepData

/// Reads a selector expression; `!` binds tighter than `&`, `&` tighter than `|`.
struct SelectorParser {
  /// How deep parentheses and `!` may nest, and how many operators an expression may hold: both
  /// bound the recursion of everything that walks a selector.
  static let depthLimit = 64
  static let operatorLimit = 1000

  private let tokens: [SelectorToken]
  private let text: String
  private let node: ConfigNode
  private var next = 0
  private var depth = 0
  private var operators = 0
  /// The exact names, and the steps as `of(NAME)` or `from(NAME)`, with where each stands.
  private(set) var names: [(name: String, place: Place)] = []

  init(_ text: String, _ node: ConfigNode) {
    self.text = text
    self.node = node
    tokens = SelectorLexer.tokens(of: text)
  }

  /// The whole expression.
  mutating func parsed() throws(PrepError) -> Selector {
    let selector = try union()
    guard token.kind == .end else { throw afterOperand() }
    return selector
  }

  private var token: SelectorToken { tokens[min(next, tokens.count - 1)] }

  private mutating func take(_ sign: Character) -> Bool {
    guard token.kind == .sign(sign) else { return false }
    next += 1
    return true
  }

  private mutating func union() throws(PrepError) -> Selector {
    var all = try intersection()
    while take("|") {
      try count()
      let other = try intersection()
      // Names side by side are one list of names: so `a | b` and `[a, b]` are the same selector.
      if case .names(let some) = all, case .names(let more) = other {
        all = .names(some + more)
      } else {
        all = .or(all, other)
      }
    }
    return all
  }

  private mutating func intersection() throws(PrepError) -> Selector {
    var all = try operand()
    while take("&") {
      try count()
      all = .and(all, try operand())
    }
    return all
  }

  private mutating func operand() throws(PrepError) -> Selector {
    let start = token
    depth += 1
    defer { depth -= 1 }
    guard depth <= Self.depthLimit else {
      throw error("nested deeper than \(Self.depthLimit) levels", start)
    }
    if take("!") { return .not(try operand()) }
    guard take("(") else { return try leaf() }
    let inner = try union()
    guard take(")") else {
      if case .end = token.kind {
        throw error("expected ) for the ( at this place, found the end", start)
      }
      throw afterOperand(expected: "&, | or )")
    }
    return inner
  }

  private mutating func count() throws(PrepError) {
    operators += 1
    guard operators <= Self.operatorLimit else {
      throw error(
        "more than \(Self.operatorLimit) operators in one selector", token,
        hint: "a list of names or a regular expression says it shorter")
    }
  }

  private mutating func leaf() throws(PrepError) -> Selector {
    let start = token
    next += 1
    switch start.kind {
    case .quoted(let name):
      guard !name.isEmpty else { throw error("expected a column's name, found \"\"", start) }
      return exact(name, start)
    case .regex(let pattern):
      if let problem = NamePattern.problem(in: pattern) {
        throw error("expected a regular expression, found \(start.found): \(problem)", start)
      }
      return .regex(pattern)
    case .word(let word): return try meaning(of: word, start)
    case .broken(let message, let hint):
      throw error("\(message), found \(start.found)", start, hint: hint)
    default:
      throw error("expected a column, a type or (, found \(start.found)", start)
    }
  }

  private mutating func meaning(
    of word: String, _ start: SelectorToken
  ) throws(PrepError) -> Selector {
    if token.kind == .sign("("), token.offset == start.offset + word.unicodeScalars.count {
      return try call(word, start)
    }
    if case .comparison(let comparison) = token.kind {
      return try compared(word, comparison, start)
    }
    if let type = Selector.TypeWord(rawValue: word) { return .type(type) }
    switch word {
    case "binary": return .binary
    case "any_role": return .anyRole
    case "has_missing": return .hasMissing
    case "all": return .all
    case _ where word.unicodeScalars.contains { $0 == "*" || $0 == "?" }: return .glob(word)
    default: return exact(word, start)
    }
  }

  private mutating func exact(_ name: String, _ token: SelectorToken) -> Selector {
    names.append((name, node.place(at: token.offset)))
    return .names([name])
  }

  /// `role(...)`, `of(...)` or `from(...)`.
  private mutating func call(
    _ word: String, _ start: SelectorToken
  ) throws(PrepError) -> Selector {
    guard ["role", "of", "from"].contains(word) else {
      throw error(
        "there is no '\(word)(...)' in selectors", start,
        hint: suggestion(for: word, among: ["role", "of", "from"])
          ?? "there are role(...), of(...) and from(...)")
    }
    next += 1
    let argument = token
    let name: String
    switch argument.kind {
    case .word(let text), .quoted(let text): name = text
    default:
      throw error(
        "expected a \(word == "role" ? "role" : "step"), found \(argument.found)", argument)
    }
    next += 1
    guard take(")") else { throw error("expected ), found \(token.found)", token) }
    names.append(("\(word)(\(name))", node.place(at: argument.offset)))
    switch word {
    case "of": return .of(name)
    case "from": return .from(name)
    default: return .role(try role(name, argument))
    }
  }

  private func role(_ name: String, _ token: SelectorToken) throws(PrepError) -> Role {
    let roles = Role.allCases.filter { $0 != .ignore }.map(\.rawValue)
    guard let role = Role(rawValue: name) else {
      throw error(
        "expected one of \(roles.joined(separator: ", ")), found '\(name)'", token,
        hint: suggestion(for: name, among: roles))
    }
    guard role != .ignore else {
      throw error("columns with role ignore are not read, so no step can act on them", token)
    }
    return role
  }

  /// `missing > 0.1` or `cardinality <= 20`.
  private mutating func compared(
    _ word: String, _ comparison: Selector.Comparison, _ start: SelectorToken
  ) throws(PrepError) -> Selector {
    guard word == "missing" || word == "cardinality" else {
      throw error(
        "expected missing or cardinality before \(token.found), found '\(word)'", start,
        hint: suggestion(for: word, among: ["missing", "cardinality"])
          ?? "selectors compare facts of columns, never their values")
    }
    next += 1
    let number = token
    next += 1
    guard case .word(let text) = number.kind else {
      throw error("expected a number, found \(number.found)", number)
    }
    let value = ConfigNode.text(text)
    if word == "missing" {
      guard let share = try? Double(value), (0...1).contains(share) else {
        throw error(
          "expected a share from 0 to 1, found '\(text)'", number,
          hint: text.hasSuffix("%") ? "10% is written 0.1" : nil)
      }
      return .missing(comparison, share)
    }
    guard let count = try? Int(value), (0..<Int.max).contains(count) else {
      throw error("expected a whole number from 0, found '\(text)'", number)
    }
    return .cardinality(comparison, count)
  }

  /// The error for a token that follows an operand and is no operator.
  private func afterOperand(expected: String = "& or |") -> PrepError {
    let hint: String?
    switch token.kind {
    case .broken(let message, let hint):
      return error("\(message), found \(token.found)", token, hint: hint)
    case .word("and"): hint = "write &"
    case .word("or"): hint = "write |"
    case .word, .quoted:
      hint = "a name that holds spaces is written in double quotes inside the selector"
    case .comparison: hint = "only missing and cardinality can be compared with a number"
    default: hint = nil
    }
    return error("expected \(expected), found \(token.found)", token, hint: hint)
  }

  private func error(_ message: String, _ token: SelectorToken, hint: String? = nil) -> PrepError {
    PrepError(.value, "selector: " + message, at: node.place(at: token.offset), hint: hint)
  }
}
