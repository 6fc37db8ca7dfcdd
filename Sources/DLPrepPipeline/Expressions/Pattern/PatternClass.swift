/// Reads what stands between brackets: scalars, ranges, escapes and `[:alpha:]`.
struct PatternClass {
  private let read: ScalarSet

  /// Reads from behind the opening bracket to behind the closing one.
  init(_ scalars: [Unicode.Scalar], _ next: inout Int) throws(PatternError) {
    func peek(_ ahead: Int = 0) -> Unicode.Scalar? {
      next + ahead < scalars.count ? scalars[next + ahead] : nil
    }
    let isInverted = peek() == "^"
    if isInverted { next += 1 }
    var set = ScalarSet()
    var isFirst = true
    while let scalar = peek(), scalar != "]" || isFirst {
      isFirst = false
      if scalar == "[", peek(1) == ":" {
        set = set.union(try Self.named(scalars, &next))
        continue
      }
      let low = try Self.item(scalars, &next)
      guard let first = low.single, peek() == "-", let after = peek(1), after != "]" else {
        set = set.union(low)
        continue
      }
      next += 1
      guard let last = try Self.item(scalars, &next).single, last >= first else {
        throw Self.error("expected a range from low to high in [ ]")
      }
      set = set.union(ScalarSet([first...last]))
    }
    guard peek() == "]" else { throw Self.error("expected a closing ], found the end") }
    next += 1
    read = isInverted ? set.inverted : set
  }

  /// The scalars that match.
  func set() -> ScalarSet { read }

  private static func item(
    _ scalars: [Unicode.Scalar], _ next: inout Int
  ) throws(PatternError) -> ScalarSet {
    let scalar = scalars[next]
    next += 1
    if scalar != "\\" { return ScalarSet(scalar) }
    // Between brackets it is a backspace, as everywhere.
    if next < scalars.count, scalars[next] == "b" {
      next += 1
      return ScalarSet("\u{8}")
    }
    return try PatternEscape.set(scalars, &next)
  }

  private static func named(
    _ scalars: [Unicode.Scalar], _ next: inout Int
  ) throws(PatternError) -> ScalarSet {
    var name = ""
    next += 2
    while next < scalars.count, scalars[next] != ":" {
      name.unicodeScalars.append(scalars[next])
      next += 1
    }
    let isClosed = next + 1 < scalars.count && scalars[next + 1] == "]"
    next += 2
    let sets: [String: ScalarSet] = [
      "alpha": ScalarSet([0x41...0x5A, 0x61...0x7A]), "digit": .digits,
      "alnum": ScalarSet([0x30...0x39, 0x41...0x5A, 0x61...0x7A]),
      "upper": ScalarSet([0x41...0x5A]), "lower": ScalarSet([0x61...0x7A]), "space": .spaces,
      "punct": ScalarSet([0x21...0x2F, 0x3A...0x40, 0x5B...0x60, 0x7B...0x7E]),
      "xdigit": ScalarSet([0x30...0x39, 0x41...0x46, 0x61...0x66]), "word": .words,
    ]
    guard isClosed, let set = sets[name] else {
      throw error("there is no class [:\(ConfigNode.shortened(name)):]")
    }
    return set
  }

  private static func error(_ message: String) -> PatternError {
    PatternError(message: "regular expression: \(message)")
  }
}

extension ScalarSet {
  /// The one scalar it holds; nil where it holds others.
  var single: UInt32? {
    guard ranges.count == 1, ranges[0].lowerBound == ranges[0].upperBound else { return nil }
    return ranges[0].lowerBound
  }
}

/// Reads what a backslash stands before.
enum PatternEscape {
  /// Reads from behind the backslash.
  static func set(
    _ scalars: [Unicode.Scalar], _ next: inout Int
  ) throws(PatternError) -> ScalarSet {
    guard next < scalars.count else { throw error("expected something after \\, found the end") }
    let scalar = scalars[next]
    next += 1
    switch scalar {
    case "d": return .digits
    case "D": return ScalarSet.digits.inverted
    case "w": return .words
    case "W": return ScalarSet.words.inverted
    case "s": return .spaces
    case "S": return ScalarSet.spaces.inverted
    case "n": return ScalarSet("\n")
    case "r": return ScalarSet("\r")
    case "t": return ScalarSet("\t")
    case "f": return ScalarSet("\u{C}")
    case "v": return ScalarSet("\u{B}")
    case "0": return ScalarSet("\0")
    case "x", "u": return ScalarSet(try hexadecimal(scalar, scalars, &next))
    case "p", "P":
      let name = braced(scalars, &next) ?? ""
      guard let set = ScalarSet.category(name) else {
        throw error("there is no category '\(ConfigNode.shortened(name))'", hint: "such as \\p{L}")
      }
      return scalar == "p" ? set : set.inverted
    default:
      if scalar.isASCII, scalar.properties.isAlphabetic || ("1"..."9").contains(scalar) {
        throw error("there is no escape \\\(scalar)")
      }
      return ScalarSet(scalar)
    }
  }

  private static func hexadecimal(
    _ sign: Unicode.Scalar, _ scalars: [Unicode.Scalar], _ next: inout Int
  ) throws(PatternError) -> Unicode.Scalar {
    var digits = ""
    if let text = braced(scalars, &next) {
      digits = text
    } else {
      let count = sign == "x" ? 2 : 4
      while digits.utf8.count < count, next < scalars.count {
        digits.unicodeScalars.append(scalars[next])
        next += 1
      }
      if digits.unicodeScalars.count < count { digits = "" }
    }
    guard !digits.hasPrefix("+"), !digits.hasPrefix("-"), let value = UInt32(digits, radix: 16),
      let scalar = Unicode.Scalar(value)
    else { throw error("expected hexadecimal digits after \\\(sign)") }
    return scalar
  }

  private static func braced(_ scalars: [Unicode.Scalar], _ next: inout Int) -> String? {
    guard next < scalars.count, scalars[next] == "{",
      let end = scalars[next...].firstIndex(of: "}")
    else { return nil }
    var text = String.UnicodeScalarView()
    text.append(contentsOf: scalars[(next + 1)..<end])
    next = end + 1
    return String(text)
  }

  private static func error(_ message: String, hint: String? = nil) -> PatternError {
    PatternError(message: "regular expression: \(message)", hint: hint)
  }
}
