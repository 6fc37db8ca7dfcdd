/// A token of an expression, with the Unicode scalar where it starts.
struct ExpressionToken {
  enum Kind: Equatable {
    case integer(Int64)
    case float(Double)
    case text(String)
    /// A word without quotes: a column, a function, or a word of the language.
    case word(String)
    /// A column's name in backticks.
    case quotedName(String)
    /// An operator or a bracket.
    case sign(String)
    case end
    /// What can't be read, and what to do about it.
    case broken(String, hint: String?)
  }

  var kind: Kind
  var offset: Int
  /// The token as it stands there.
  var text: String

  /// How messages show it.
  var found: String { kind == .end ? "the end" : "'\(ConfigNode.shortened(text))'" }
}

/// Cuts an expression into tokens.
struct ExpressionLexer {
  private let scalars: [Unicode.Scalar]
  private var next = 0

  init(_ text: String) { scalars = Array(text.unicodeScalars) }

  /// The next token; at the end always the end.
  mutating func token() -> ExpressionToken {
    while next < scalars.count, scalars[next].properties.isWhitespace { next += 1 }
    let start = next
    let kind = kind()
    return ExpressionToken(kind: kind, offset: start, text: text(start, next))
  }

  private mutating func kind() -> ExpressionToken.Kind {
    guard next < scalars.count else { return .end }
    switch scalars[next] {
    case "0"..."9": return number()
    case ".": return startsNumber ? number() : sign()
    case "'", "\"": return quoted()
    case "`": return quotedName()
    case let scalar where Self.startsWord(scalar): return word()
    default: return sign()
    }
  }

  /// Whether a point here starts a number, as in `.5`.
  private var startsNumber: Bool {
    next + 1 < scalars.count && ("0"..."9").contains(scalars[next + 1])
  }

  private mutating func number() -> ExpressionToken.Kind {
    let start = next
    skipDigits()
    var isWhole = true
    if peek(0) == "." {
      isWhole = false
      next += 1
      skipDigits()
    }
    if peek(0) == "e" || peek(0) == "E" {
      let signs = peek(1) == "+" || peek(1) == "-" ? 1 : 0
      if let digit = peek(1 + signs), ("0"..."9").contains(digit) {
        isWhole = false
        next += 1 + signs
        skipDigits()
      }
    }
    let digits = text(start, next)
    if let scalar = peek(0), Self.startsWord(scalar) || scalar == "." {
      while let scalar = peek(0), Self.isInWord(scalar) { next += 1 }
      return .broken(
        "expected a number", hint: "a column's name that starts so stands in backticks")
    }
    if isWhole {
      return Int64(digits).map { .integer($0) }
        ?? .broken("expected a whole number of 64 bits", hint: "with a decimal point it is a float")
    }
    guard let number = Double(digits), number.isFinite else {
      return .broken("expected a number within binary64", hint: nil)
    }
    return .float(number)
  }

  private mutating func word() -> ExpressionToken.Kind {
    let start = next
    while let scalar = peek(0), Self.isInWord(scalar) { next += 1 }
    // A point ends no word: `petal.width` is a name, `x.` is not.
    while next - 1 > start, scalars[next - 1] == "." { next -= 1 }
    return .word(text(start, next))
  }

  /// Text in single or double quotes; a backslash takes the meaning from a quote or a backslash.
  private mutating func quoted() -> ExpressionToken.Kind {
    let quote = scalars[next]
    var text = String.UnicodeScalarView()
    next += 1
    while var scalar = peek(0) {
      next += 1
      if scalar == quote { return .text(String(text)) }
      if scalar == "\\", let escaped = peek(0), escaped == quote || escaped == "\\" {
        scalar = escaped
        next += 1
      }
      text.append(scalar)
    }
    return .broken("expected a closing quote", hint: "text is written 'so' or \"so\"")
  }

  /// A name in backticks; two backticks in it stand for one.
  private mutating func quotedName() -> ExpressionToken.Kind {
    var name = String.UnicodeScalarView()
    next += 1
    while let scalar = peek(0) {
      next += 1
      if scalar == "`" {
        guard peek(0) == "`" else { return .quotedName(String(name)) }
        next += 1
      }
      name.append(scalar)
    }
    return .broken("expected a closing backtick", hint: "a name is written `so`")
  }

  private mutating func sign() -> ExpressionToken.Kind {
    let two = text(next, min(next + 2, scalars.count))
    let hints = [
      "&&": "write and", "||": "write or", "<>": "write !=", "**": "write pow(a, b)",
      "//": "write floor(a / b)", "=>": "write >=", "=<": "write <=",
    ]
    if let hint = hints[two] {
      next += 2
      return .broken("expected an operator", hint: hint)
    }
    if ["==", "!=", "<=", ">="].contains(two) {
      next += 2
      return .sign(two)
    }
    let one = text(next, next + 1)
    next += 1
    switch one {
    case "+", "-", "*", "/", "%", "<", ">", "(", ")", ",": return .sign(one)
    case "=": return .broken("expected an operator", hint: "equality is written ==")
    case "!": return .broken("expected an operator", hint: "write not, or != for unequal")
    case "^": return .broken("expected an operator", hint: "write pow(a, b)")
    case "[", "]": return .broken("expected an operator", hint: "a list is written (a, b)")
    case "?": return .broken("expected an operator", hint: "write if(condition, a, b)")
    default:
      return .broken("expected a value", hint: "a column of another name stands in backticks")
    }
  }

  private mutating func skipDigits() {
    while let scalar = peek(0), ("0"..."9").contains(scalar) { next += 1 }
  }

  private func peek(_ ahead: Int) -> Unicode.Scalar? {
    next + ahead < scalars.count ? scalars[next + ahead] : nil
  }

  private func text(_ start: Int, _ end: Int) -> String {
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[start..<end])
    return String(text)
  }

  private static func startsWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "_" || scalar.properties.isAlphabetic
  }

  private static func isInWord(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "0"..."9", "_", ".": true
    default:
      scalar.properties.isAlphabetic || scalar.properties.generalCategory == .nonspacingMark
        || scalar.properties.numericType != nil
    }
  }
}

/// Whether a column's name needs no backticks in an expression.
package func isPlainExpressionName(_ name: String) -> Bool {
  var lexer = ExpressionLexer(name)
  return lexer.token().kind == .word(name) && lexer.token().kind == .end
    && !ExpressionParser.words.contains(name)
}
