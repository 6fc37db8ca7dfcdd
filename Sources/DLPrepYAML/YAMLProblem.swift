internal import DLPrepData
internal import Yams

/// Says in our words what the YAML parser found wrong.
enum YAMLProblem {
  /// The error for what the parser threw.
  static func error(for error: any Error, in source: YAMLSource) -> PrepError {
    guard let error = error as? YamlError else {
      return PrepError(.yaml, "it can't be read as YAML", at: Place(file: source.name))
    }
    switch error {
    case .scanner(let context, let problem, let mark, _),
      .parser(let context, let problem, let mark, _):
      if let hidden = hidden(problem, context, mark, source) { return hidden }
      return PrepError(
        .yaml, words(problem, context, mark, source), at: source.place(mark.line, mark.column),
        hint: hint(problem, context, mark, source))
    case .composer(_, let problem, let mark, _):
      let isSecond = problem.contains("another document")
      return PrepError(
        .yaml, isSecond ? "expected one document, found another" : problem,
        at: source.place(mark.line, mark.column))
    case .duplicatedKeysInMapping(let keys, let context):
      let names = keys.map { "'\(source.undressed($0))'" }.joined(separator: ", ")
      return PrepError(
        .yaml, "the key \(names) stands twice in this mapping",
        at: source.place(context.mark.line, context.mark.column))
    case .reader(let problem, _, _, _):
      return PrepError(.yaml, problem, at: Place(file: source.name))
    default:
      return PrepError(.yaml, "it can't be read as YAML", at: Place(file: source.name))
    }
  }

  /// What to do about a value that starts with a sign that means something to YAML.
  static func quoteHint(_ sign: String) -> String {
    let taken = ["!": "tags are not taken", "&": "it marks an anchor", "*": "it is an alias"]
    return "a selector that starts with \(sign) must be quoted"
      + (taken[sign].map { "; without quotes " + $0 } ?? "")
  }

  private static func words(
    _ problem: String, _ context: YamlError.Context?, _ mark: Mark, _ source: YAMLSource
  ) -> String {
    if source.scalar(mark.line, mark.column) == "\t" {
      return "expected spaces, found a tab"
    }
    var words = problem.replacing("<document start>", with: "the end of the file")
      .replacing("<block end>", with: "the end of the block")
      .replacing("node content", with: "a value")
    if let rest = words.dropping("did not find expected ") {
      words = "expected \(rest), found \(found(mark, source))"
    } else if problem == "found character that cannot start any token" {
      words = "expected a value, found \(found(mark, source))"
    } else if problem == "mapping values are not allowed in this context" {
      words = "expected no ': ' here: it makes what stands before it a key"
    }
    if let context, context.mark.line > 0,
      (context.mark.line, context.mark.column) != (mark.line, mark.column)
    {
      words += " \(context.text) that starts at \(context.mark.line):\(context.mark.column)"
    }
    return words
  }

  private static func found(_ mark: Mark, _ source: YAMLSource) -> String {
    guard let scalar = source.scalar(mark.line, mark.column) else {
      return mark.line >= source.lines.count ? "the end of the file" : "the end of the line"
    }
    return "'\(source.undressed(String(Character(scalar))))'"
  }

  private static func hint(
    _ problem: String, _ context: YamlError.Context?, _ mark: Mark, _ source: YAMLSource
  ) -> String? {
    switch source.scalar(mark.line, mark.column) {
    case "\t": return "YAML indents with spaces"
    case "@", "`", "%": return "text that starts so must be quoted"
    case ",": return "put it in quotes: \"\" is an empty text, \",\" a comma"
    case "|": return "put it in quotes: \"|\""
    case ">": return "put it in quotes: \">\""
    case ":" where problem.contains("node content"): return "put it in quotes: \":\""
    default: break
    }
    let lines = [mark.line, context?.mark.line ?? 0, mark.line - 1]
    for line in lines where source.lines.indices.contains(line - 1) {
      if let sign = sign(in: source.lines[line - 1]) { return quoteHint(sign) }
    }
    return problem == "mapping values are not allowed in this context"
      ? "text that holds ': ' must be quoted; keys of a mapping stand below each other" : nil
  }

  /// The first value of a line that starts with a sign YAML takes for itself.
  private static func sign(in line: [Unicode.Scalar]) -> String? {
    for (position, scalar) in line.enumerated() where ["!", "&", "*"].contains(scalar) {
      let before = line[..<position].last { $0 != " " }
      let isSpaced = position == 0 || line[position - 1] == " "
      if before == nil || (isSpaced && [":", "-", ",", "[", "{"].contains(before)) {
        return String(Character(scalar))
      }
    }
    return nil
  }
}

extension String {
  /// The text behind a prefix; nil where it doesn't start so.
  fileprivate func dropping(_ prefix: String) -> String? {
    hasPrefix(prefix) ? String(dropFirst(prefix.count)) : nil
  }
}
