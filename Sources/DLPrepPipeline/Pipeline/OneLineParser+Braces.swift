internal import DLPrepData

extension OneLineParser {
  /// Whether a brace starts a map and not a name with `{column}` in it: a colon comes before it
  /// closes.
  var startsMap: Bool {
    var at = next + 1
    while at < scalars.count, scalars[at] != "}" {
      if scalars[at] == ":" { return true }
      at += 1
    }
    return false
  }

  /// Reads `{k: v, k: v}`, in which values may hold spaces, and commas in brackets or quotes.
  mutating func braced(depth: Int) throws(PrepError) -> ConfigNode {
    let start = place
    guard depth < Self.depthLimit else {
      throw error("nested deeper than \(Self.depthLimit) levels")
    }
    advance()
    var entries: [ConfigNode.Entry] = []
    while true {
      skipSpace()
      let key = place
      let name =
        peek == "\""
        ? try quoted { $0 == ":" || $0.properties.isWhitespace }
        : word { ":,}".unicodeScalars.contains($0) || $0.properties.isWhitespace }
      skipSpace()
      guard peek == ":" else { throw error("expected : and a value, found \(found)") }
      advance()
      skipSpace()
      entries.append(.init(name, at: key, try bracedValue(depth: depth)))
      skipSpace()
      guard let scalar = peek, scalar == "," || scalar == "}" else {
        throw error("expected , or }, found \(found)", hint: "the { is at \(start)")
      }
      advance()
      if scalar == "}" { return .map(entries, start) }
    }
  }

  private mutating func bracedValue(depth: Int) throws(PrepError) -> ConfigNode {
    let start = place
    if peek == "[" { return try bracketed(depth: depth + 1) }
    if peek == "{", startsMap { return try braced(depth: depth + 1) }
    if peek == "\"" {
      let before = (next, place)
      if let text = try? quoted({ ",}".unicodeScalars.contains($0) || $0.properties.isWhitespace })
      {
        skipSpace()
        if peek == "," || peek == "}" { return .scalar(text, quoted: true, start) }
      }
      // The text starts with a quoted part and goes on.
      (next, place) = before
    }
    var text = String.UnicodeScalarView()
    var (brackets, quote) = (0, nil as Unicode.Scalar?)
    while let scalar = peek {
      if let open = quote {
        if scalar == open { quote = nil }
      } else if "'\"`".unicodeScalars.contains(scalar) {
        quote = scalar
      } else if "([".unicodeScalars.contains(scalar) {
        brackets += 1
      } else if ")]".unicodeScalars.contains(scalar) {
        brackets -= 1
      } else if brackets <= 0, scalar == "," || scalar == "}" {
        break
      }
      text.append(scalar)
      advance()
    }
    while text.last?.properties.isWhitespace == true { text.removeLast() }
    guard !text.isEmpty else {
      throw error("expected a value, found \(found)", hint: "empty text is written \"\"")
    }
    return .scalar(String(text), quoted: false, start)
  }
}
