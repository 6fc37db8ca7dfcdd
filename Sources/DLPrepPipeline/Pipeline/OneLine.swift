public import DLPrepData

/// Pipelines on one line: `impute numeric strategy=median | one_hot category`.
///
/// Steps are separated by `|`; each is a stage, a selector where it takes one, and `key=value`
/// pairs. A list is `[a,b]`, a map `[k:v,k:v]` or `{k: v, k: v}`; text that holds spaces or signs is written in
/// double quotes.
public enum OneLine {
  /// Reads the whole expression as the pipeline file it stands for; `name` is what places call it.
  public static func parsed(_ text: String, name: String = "-e") throws(PrepError) -> ConfigNode {
    var parser = OneLineParser(text, name: name)
    let start = parser.place
    let steps = try parser.steps()
    return .map(
      [
        .init("dlprep", at: start, .scalar("1", quoted: false, start)),
        .init("steps", at: start, .list(steps, start)),
      ], start)
  }
}

/// Reads the one-line form, scalar by scalar.
struct OneLineParser {
  static let depthLimit = 16

  let scalars: [Unicode.Scalar]
  var next = 0
  /// Where the next scalar stands.
  var place: Place

  init(_ text: String, name: String) {
    scalars = Array(text.unicodeScalars)
    place = Place(file: name, line: 1, column: 1)
  }

  /// Every step.
  mutating func steps() throws(PrepError) -> [ConfigNode] {
    var steps: [ConfigNode] = []
    while true {
      steps.append(try step())
      skipSpace()
      guard peek == "|" else { return steps }
      advance()
    }
  }

  /// Reads one step: `stage selector key=value ...`.
  private mutating func step() throws(PrepError) -> ConfigNode {
    skipSpace()
    let start = place
    let stage = word(until: Self.endsWord)
    guard !stage.isEmpty else { throw error("expected a stage, found \(found)") }
    var entries: [ConfigNode.Entry] = []
    while true {
      skipSpace()
      guard let scalar = peek, scalar != "|" else { break }
      let entry = try argument()
      if entry.key == "columns", entries.contains(where: { $0.key == "columns" }) {
        throw PrepError(
          .value, "expected key=value or |, found another selector", at: entry.place,
          hint: "a selector that holds spaces is written in double quotes: \"numeric & !binary\"")
      }
      entries.append(entry)
    }
    guard !entries.isEmpty else { return .scalar(stage, quoted: false, start) }
    return .map([.init(stage, at: start, .map(entries, start))], start)
  }

  /// `key=value`, or a selector.
  private mutating func argument() throws(PrepError) -> ConfigNode.Entry {
    let start = place
    if let key = takeKey() {
      return .init(key, at: start, try value(depth: 0, until: Self.endsWord))
    }
    let isQuoted = peek == "\""
    let node = try value(depth: 0, until: Self.endsWord, isSelector: true)
    guard isQuoted, case .scalar(let text, _, let place) = node, !Self.isExpression(text) else {
      return .init("columns", at: start, node)
    }
    // In quotes and without an operator it is a name: `drop "unit price"`.
    return .init("columns", at: start, .list([.scalar(text, quoted: true, place)], place))
  }

  /// Whether quoted text is more than a name: it holds an operator, a pattern or a call.
  private static func isExpression(_ text: String) -> Bool {
    text.hasPrefix("/")
      || text.unicodeScalars.contains { "&|!()<>=*?\"".unicodeScalars.contains($0) }
  }

  /// The key of a `key=value`, with its sign; nil where a selector stands there, such as
  /// `cardinality<=8` or `missing==0`.
  private mutating func takeKey() -> String? {
    var end = next
    while end < scalars.count, Self.isInKey(scalars[end]) { end += 1 }
    guard end > next, end < scalars.count, scalars[end] == "=",
      end + 1 == scalars.count || scalars[end + 1] != "="
    else { return nil }
    let key = word { !Self.isInKey($0) }
    advance()
    return key
  }

  /// A word, quoted text, a list or a map.
  private mutating func value(
    depth: Int, until isEnd: (Unicode.Scalar) -> Bool, isSelector: Bool = false
  ) throws(PrepError) -> ConfigNode {
    let start = place
    switch peek {
    case "\"": return .scalar(try quoted(isEnd), quoted: true, start)
    case "[": return try bracketed(depth: depth)
    case "{" where startsMap: return try braced(depth: depth)
    case "/" where isSelector: return .scalar(try regex(isEnd), quoted: false, start)
    default:
      let text = word(until: isEnd)
      guard !text.isEmpty else {
        throw error("expected a value, found \(found)", hint: "empty text is written \"\"")
      }
      return .scalar(text, quoted: false, start)
    }
  }

  /// Reads `[a,b]` or `[k:v,k:v]`.
  mutating func bracketed(depth: Int) throws(PrepError) -> ConfigNode {
    let start = place
    guard depth < Self.depthLimit else {
      throw error("nested deeper than \(Self.depthLimit) levels")
    }
    advance()
    var items: [ConfigNode] = []
    var entries: [ConfigNode.Entry] = []
    skipSpace()
    if peek == "]" {
      advance()
      return .list([], start)
    }
    while true {
      skipSpace()
      let item = try value(depth: depth + 1, until: Self.endsItem)
      skipSpace()
      if peek == ":", case .scalar(let key, _, let place) = item, items.isEmpty {
        advance()
        skipSpace()
        let value = try value(depth: depth + 1, until: Self.endsItem)
        entries.append(.init(key, at: place, value))
        skipSpace()
      } else if entries.isEmpty {
        items.append(item)
      } else {
        throw error("expected : and a value, found \(found)")
      }
      switch peek {
      case ",": advance()
      case "]":
        advance()
        return entries.isEmpty ? .list(items, start) : .map(entries, start)
      default:
        throw error(
          "expected , or ], found \(found)",
          hint: peek == nil
            ? "the [ is at \(start)" : "text that holds spaces is written in double quotes")
      }
    }
  }

  /// Text in double quotes, in which a backslash takes the meaning from a quote or a backslash.
  mutating func quoted(
    _ isEnd: (Unicode.Scalar) -> Bool
  ) throws(PrepError) -> String {
    let start = place
    var text = ""
    advance()
    while let scalar = peek {
      advance()
      if scalar == "\"" {
        if let after = peek, !isEnd(after) {
          throw error("expected a space after the closing quote, found \(found)")
        }
        return text
      }
      if scalar == "\\", let escaped = peek, escaped == "\"" || escaped == "\\" {
        text.unicodeScalars.append(escaped)
        advance()
      } else {
        text.unicodeScalars.append(scalar)
      }
    }
    throw PrepError(.value, "expected a closing quote, found the end", at: start)
  }

  /// A regular expression, in which spaces and `|` mean nothing to steps.
  private mutating func regex(
    _ isEnd: (Unicode.Scalar) -> Bool
  ) throws(PrepError) -> String {
    let start = place
    var text = "/"
    advance()
    while let scalar = peek {
      advance()
      text.unicodeScalars.append(scalar)
      if scalar == "/" { return text + word(until: isEnd) }
      if scalar == "\\", let escaped = peek {
        text.unicodeScalars.append(escaped)
        advance()
      }
    }
    throw PrepError(
      .value, "expected a closing / after the regular expression, found the end", at: start)
  }

  mutating func word(until isEnd: (Unicode.Scalar) -> Bool) -> String {
    var word = ""
    while let scalar = peek, !isEnd(scalar) {
      word.unicodeScalars.append(scalar)
      advance()
    }
    return word
  }

  mutating func skipSpace() {
    while let scalar = peek, scalar.properties.isWhitespace { advance() }
  }

  var peek: Unicode.Scalar? { next < scalars.count ? scalars[next] : nil }

  mutating func advance() {
    if scalars[next] == "\n" {
      place.line += 1
      place.column = 1
    } else {
      place.column += 1
    }
    next += 1
  }

  var found: String { peek.map { "'\($0)'" } ?? "the end" }

  func error(_ message: String, hint: String? = nil) -> PrepError {
    PrepError(.value, message, at: place, hint: hint)
  }

  private static func endsWord(_ scalar: Unicode.Scalar) -> Bool {
    scalar == "|" || scalar.properties.isWhitespace
  }

  private static func endsItem(_ scalar: Unicode.Scalar) -> Bool {
    ",:[]|".unicodeScalars.contains(scalar) || scalar.properties.isWhitespace
  }

  private static func isInKey(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar {
    case "a"..."z", "A"..."Z", "0"..."9", "_": true
    default: false
    }
  }
}
