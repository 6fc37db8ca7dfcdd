internal import DLPrepData
internal import Yams

extension YAMLProblem {
  /// The error for a sign that hides what follows it, so that the parser stumbles only far behind:
  /// a comment in the place of a value, a quote that is never closed.
  static func hidden(
    _ problem: String, _ context: YamlError.Context?, _ mark: Mark, _ source: YAMLSource
  ) -> PrepError? {
    if problem == "found unexpected end of stream", let mark = context?.mark,
      let quote = source.scalar(mark.line, mark.column), quote == "'" || quote == "\""
    {
      let quoted = quote == "'" ? "\"'\"" : "'\"'"
      return PrepError(
        .yaml, "expected a closing quote, found the end of the file",
        at: source.place(mark.line, mark.column),
        hint: "a quote that stands for itself is written \(quoted)")
    }
    for line in stride(from: min(mark.line, source.lines.count), through: 1, by: -1) {
      guard let column = comment(in: source.lines[line - 1]) else { continue }
      return PrepError(
        .yaml, "expected a value, found the start of a comment", at: source.place(line, column),
        hint: "put it in quotes: \"#\"")
    }
    return nil
  }

  /// The column of a comment where a value should stand, within brackets that it keeps open.
  private static func comment(in line: [Unicode.Scalar]) -> Int? {
    var open = 0
    var quote: Unicode.Scalar?
    for (position, scalar) in line.enumerated() {
      if let within = quote {
        if scalar == within { quote = nil }
      } else if scalar == "'" || scalar == "\"" {
        quote = scalar
      } else if scalar == "[" || scalar == "{" {
        open += 1
      } else if scalar == "]" || scalar == "}" {
        open -= 1
      } else if scalar == "#", position > 0 {
        let before = line[..<position].last { $0 != " " }
        let hides = line[position...].contains { $0 == "]" || $0 == "}" }
        let isValue = [":", ",", "[", "{"].contains(before)
        if [" ", ",", "[", "{"].contains(line[position - 1]) {
          return open > 0 && hides && isValue ? position + 1 : nil
        }
      }
    }
    return nil
  }
}
