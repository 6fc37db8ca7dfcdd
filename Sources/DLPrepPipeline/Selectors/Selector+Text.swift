internal import DLPrepData

extension Selector {
  /// The selector as a file would say it: names as a list, all else as one expression.
  public var node: ConfigNode? {
    guard case .names(let names) = self else { return .text(text) }
    if names.count == 1, let name = names.first, Self.isBare(name) { return .text(name) }
    return .list(names.map { .text($0) })
  }

  /// The selector as one expression, with no more parentheses than it needs.
  public var text: String { text(inside: .or) }

  private enum Binding: Int {
    case or
    case and
    case not
  }

  private func text(inside outer: Binding) -> String {
    switch self {
    case .names(let names):
      let quoted = names.map { Self.isBare($0) ? $0 : Self.quoted($0) }
      let text = quoted.joined(separator: " | ")
      return names.count == 1 ? text : "(\(text))"
    case .type(let word): return word.rawValue
    case .glob(let pattern): return pattern
    case .regex(let pattern): return Self.slashed(pattern)
    case .binary: return "binary"
    case .role(let role): return "role(\(role.rawValue))"
    case .anyRole: return "any_role"
    case .hasMissing: return "has_missing"
    case .missing(let comparison, let share): return "missing \(comparison.rawValue) \(share)"
    case .cardinality(let comparison, let count):
      return "cardinality \(comparison.rawValue) \(count)"
    case .of(let step): return "of(\(Self.isBare(step) ? step : Self.quoted(step)))"
    case .from(let step): return "from(\(Self.isBare(step) ? step : Self.quoted(step)))"
    case .all: return "all"
    case .not(let inner): return "!" + inner.text(inside: .not)
    // The right side of an operator of the same kind keeps its parentheses, so that what is read
    // back has the same shape.
    case .and(let a, let b):
      let text = "\(a.text(inside: .and)) & \(b.text(inside: .not))"
      return outer == .not ? "(\(text))" : text
    case .or(let a, let b):
      let text = "\(a.text(inside: .or)) | \(b.text(inside: .and))"
      return outer == .or ? text : "(\(text))"
    }
  }

  /// Whether an expression that is nothing but this text means the column of that name.
  private static func isBare(_ name: String) -> Bool {
    guard !name.isEmpty, case .word(name)? = SelectorLexer.tokens(of: name).first?.kind else {
      return false
    }
    var parser = SelectorParser(name, .text(name))
    return (try? parser.parsed()) == .names([name])
  }

  private static func quoted(_ name: String) -> String {
    var text = "\""
    for scalar in name.unicodeScalars {
      if scalar == "\"" || scalar == "\\" { text += "\\" }
      text.unicodeScalars.append(scalar)
    }
    return text + "\""
  }

  private static func slashed(_ pattern: String) -> String {
    var text = "/"
    var isEscaped = false
    for scalar in pattern.unicodeScalars {
      if scalar == "/" && !isEscaped { text += "\\" }
      isEscaped = scalar == "\\" && !isEscaped
      text.unicodeScalars.append(scalar)
    }
    return text + "/"
  }
}
