/// A regular expression as it is written.
indirect enum PatternNode {
  case empty
  case set(ScalarSet)
  case assertion(PatternAssertion)
  case sequence([PatternNode])
  case choice([PatternNode])
  case repeated(PatternNode, least: Int, most: Int?)
}

/// What must hold between two bytes.
enum PatternAssertion: UInt8 {
  case textStart
  case textEnd
  case lineStart
  case lineEnd
  case wordBoundary
  case noWordBoundary
}

/// What is wrong with a regular expression.
public struct PatternError: Error, Equatable {
  /// What was expected and what was found.
  public var message: String
  /// What to do about it.
  public var hint: String?
}

/// Reads a regular expression: literals, `.`, classes, groups, `|`, `? * + {m,n}`, `^ $ \b \B \A
/// \z`, `\d \w \s` and their opposites (ASCII), `\p{L}`, flags `i`, `m`, `s`.
struct PatternParser {
  private static let nestingLimit = 100
  private static let repeatLimit = 1000

  private let scalars: [Unicode.Scalar]
  private var next = 0
  private var nesting = 0
  private var ignoresCase = false
  private var isMultiline = false
  private var dotIsAll = false

  init(_ pattern: String) { scalars = Array(pattern.unicodeScalars) }

  mutating func parsed() throws(PatternError) -> PatternNode {
    let node = try choice()
    guard next == scalars.count else { throw error("expected no closing ), found one") }
    return node
  }

  private mutating func choice() throws(PatternError) -> PatternNode {
    nesting += 1
    defer { nesting -= 1 }
    if nesting > Self.nestingLimit {
      throw error("groups nested deeper than \(Self.nestingLimit) levels")
    }
    // Flags that are set inside of a group end with it.
    let flags = (ignoresCase, isMultiline, dotIsAll)
    defer { (ignoresCase, isMultiline, dotIsAll) = flags }
    var options = [try sequence()]
    while take("|") { options.append(try sequence()) }
    return options.count == 1 ? options[0] : .choice(options)
  }

  private mutating func sequence() throws(PatternError) -> PatternNode {
    var nodes: [PatternNode] = []
    while let scalar = peek, scalar != "|", scalar != ")" {
      nodes.append(try quantified(try atom()))
    }
    return nodes.count == 1 ? nodes[0] : .sequence(nodes)
  }

  private mutating func quantified(_ node: PatternNode) throws(PatternError) -> PatternNode {
    var node = node
    var isFirst = true
    while let (least, most) = try quantifier() {
      if !isFirst { throw error("expected one quantifier, found another") }
      isFirst = false
      node = .repeated(node, least: least, most: most)
      // Lazy or not, the same texts match.
      _ = take("?")
      if peek == "+" {
        throw error("expected no possessive quantifier", hint: "take the + out")
      }
    }
    return node
  }

  private mutating func quantifier() throws(PatternError) -> (Int, Int?)? {
    switch peek {
    case "*":
      next += 1
      return (0, nil)
    case "+":
      next += 1
      return (1, nil)
    case "?":
      next += 1
      return (0, 1)
    case "{":
      let start = next
      next += 1
      guard let least = number() else {
        // A brace that opens no count is a brace.
        next = start
        return nil
      }
      var most: Int? = least
      if take(",") { most = number() }
      guard take("}") else {
        next = start
        return nil
      }
      guard max(least, most ?? 0) <= Self.repeatLimit else {
        throw error("expected at most \(Self.repeatLimit) repetitions")
      }
      if let most, most < least { throw error("expected {least,most}, found \(least) to \(most)") }
      return (least, most)
    default: return nil
    }
  }

  private mutating func number() -> Int? {
    var value = 0
    let start = next
    while let scalar = peek, ("0"..."9").contains(scalar) {
      value = min(value * 10 + Int(scalar.value - 0x30), 1_000_000)
      next += 1
    }
    return next > start ? value : nil
  }

  private mutating func atom() throws(PatternError) -> PatternNode {
    let scalar = scalars[next]
    next += 1
    switch scalar {
    case ".": return .set(dotIsAll ? .all : .allButNewline)
    case "^": return .assertion(isMultiline ? .lineStart : .textStart)
    case "$": return .assertion(isMultiline ? .lineEnd : .textEnd)
    case "(": return try group()
    case "[": return .set(folded(try PatternClass(scalars, &next).set()))
    case "*", "+", "?": throw error("expected something before \(scalar), found nothing")
    case "\\": return try escape()
    default: return .set(folded(ScalarSet(scalar)))
    }
  }

  private mutating func group() throws(PatternError) -> PatternNode {
    let before = (ignoresCase, isMultiline, dotIsAll)
    if take("?") {
      switch peek {
      case ":": next += 1
      case "=", "!":
        throw error("look-ahead isn't taken", hint: "use two conditions joined by and")
      case "<", "P":
        let start = next
        while let scalar = peek, scalar != ">", scalar != ")" { next += 1 }
        let text = scalars[start..<min(start + 2, scalars.count)].map { String($0) }.joined()
        guard text != "<=", text != "<!", take(">") else {
          throw error("look-behind isn't taken", hint: "use two conditions joined by and")
        }
      default:
        if try flags() { return .empty }
      }
    }
    let node = try choice()
    (ignoresCase, isMultiline, dotIsAll) = before
    guard take(")") else { throw error("expected a closing ), found the end") }
    return node
  }

  /// Reads `i)` for the rest of the group, or `i:`; whether it was the former.
  private mutating func flags() throws(PatternError) -> Bool {
    var isOn = true
    while let scalar = peek {
      next += 1
      switch scalar {
      case "i": ignoresCase = isOn
      case "m": isMultiline = isOn
      case "s": dotIsAll = isOn
      case "-": isOn = false
      case ")": return true
      case ":": return false
      default: throw error("expected the flags i, m, s, found '\(scalar)'")
      }
    }
    throw error("expected a closing ), found the end")
  }

  private mutating func escape() throws(PatternError) -> PatternNode {
    switch peek {
    case "b": return assertion(.wordBoundary)
    case "B": return assertion(.noWordBoundary)
    case "A": return assertion(.textStart)
    case "z", "Z": return assertion(.textEnd)
    case let scalar? where ("1"..."9").contains(scalar) || scalar == "k":
      throw error("references to groups aren't taken")
    default: return .set(folded(try PatternEscape.set(scalars, &next)))
    }
  }

  private mutating func assertion(_ assertion: PatternAssertion) -> PatternNode {
    next += 1
    return .assertion(assertion)
  }

  private func folded(_ set: ScalarSet) -> ScalarSet { ignoresCase ? set.foldingCase : set }

  private var peek: Unicode.Scalar? { next < scalars.count ? scalars[next] : nil }

  private mutating func take(_ scalar: Unicode.Scalar) -> Bool {
    guard peek == scalar else { return false }
    next += 1
    return true
  }

  private func error(_ message: String, hint: String? = nil) -> PatternError {
    PatternError(message: "regular expression: \(message)", hint: hint)
  }
}
