/// A token of a selector expression, with the Unicode scalar where it starts.
struct SelectorToken {
  enum Kind: Equatable {
    case word(String)
    case quoted(String)
    case regex(String)
    case comparison(Selector.Comparison)
    /// One of `&` `|` `!` `(` `)`.
    case sign(Character)
    case end
    /// What can't be read, and what to do about it.
    case broken(String, hint: String)
  }

  var kind: Kind
  var offset: Int
  /// The token as it stands there.
  var text: String

  /// How messages show it.
  var found: String { kind == .end ? "the end" : "'\(text)'" }
}

/// Cuts a selector expression into tokens.
struct SelectorLexer {
  private let scalars: [Unicode.Scalar]
  private var next = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// Every token, the end or the first broken one last.
  static func tokens(of text: String) -> [SelectorToken] {
    var lexer = SelectorLexer(text)
    var tokens: [SelectorToken] = []
    while true {
      let token = lexer.token()
      tokens.append(token)
      switch token.kind {
      case .end, .broken: return tokens
      default: break
      }
    }
  }

  private mutating func token() -> SelectorToken {
    while next < scalars.count, scalars[next].properties.isWhitespace { next += 1 }
    let start = next
    let kind = kind()
    return SelectorToken(kind: kind, offset: start, text: text(start, next))
  }

  private mutating func kind() -> SelectorToken.Kind {
    guard next < scalars.count else { return .end }
    switch scalars[next] {
    case "\"": return quoted()
    case "/": return regex()
    case "<", ">", "=", "!": return comparisonOrNot()
    case "&", "|", "(", ")": return sign()
    case ",":
      next += 1
      return .broken("expected & or |", hint: "a list of names is written [a, b]")
    default:
      let start = next
      while next < scalars.count, Self.isInWord(scalars[next]) { next += 1 }
      return .word(text(start, next))
    }
  }

  private mutating func sign() -> SelectorToken.Kind {
    let sign = scalars[next]
    next += 1
    if sign == "&" || sign == "|", next < scalars.count, scalars[next] == sign {
      next += 1
      return .broken("expected a single \(sign)", hint: "write \(sign)")
    }
    return .sign(Character(sign))
  }

  private mutating func comparisonOrNot() -> SelectorToken.Kind {
    let first = scalars[next]
    next += 1
    let isLonger = next < scalars.count && scalars[next] == "="
    if isLonger { next += 1 }
    if first == "!" && !isLonger { return .sign("!") }
    let text = isLonger ? "\(first)=" : "\(first)"
    return Selector.Comparison(rawValue: text).map { .comparison($0) }
      ?? .broken("expected a comparison", hint: "equality is written ==")
  }

  private mutating func quoted() -> SelectorToken.Kind {
    var name = ""
    next += 1
    while next < scalars.count {
      var scalar = scalars[next]
      next += 1
      if scalar == "\"" { return .quoted(name) }
      if scalar == "\\", next < scalars.count, scalars[next] == "\"" || scalars[next] == "\\" {
        scalar = scalars[next]
        next += 1
      }
      name.unicodeScalars.append(scalar)
    }
    return .broken("expected a closing quote", hint: "a quoted name is written \"total price\"")
  }

  /// The pattern between slashes; `\/` in it stands for a slash.
  private mutating func regex() -> SelectorToken.Kind {
    var pattern = ""
    next += 1
    while next < scalars.count {
      let scalar = scalars[next]
      next += 1
      if scalar == "/" { return .regex(pattern) }
      if scalar == "\\", next < scalars.count {
        if scalars[next] != "/" { pattern.unicodeScalars.append(scalar) }
        pattern.unicodeScalars.append(scalars[next])
        next += 1
      } else {
        pattern.unicodeScalars.append(scalar)
      }
    }
    return .broken(
      "expected a closing / after the regular expression",
      hint: "a name that starts with / is written in double quotes")
  }

  private func text(_ start: Int, _ end: Int) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[start..<end])
    return String(text)
  }

  /// Whether a scalar needs no quotes inside a name.
  private static func isInWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "&", "|", "!", "(", ")", "\"", "<", ">", "=", ",": false
    default: !scalar.properties.isWhitespace
    }
  }
}
