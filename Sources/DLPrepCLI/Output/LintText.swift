import DLPrep

/// Lints for people.
enum LintText {
  /// The names, each with how bad it is and what it is.
  static var list: String {
    var table = TextTable()
    for lint in Lint.all { table.add(lint.name, lint.severity.rawValue, lint.summary) }
    return table.text()
  }

  /// All there is to say of one.
  static func explanation(of name: String) throws(PrepError) -> String {
    guard let lint = Lint.named(name) else {
      throw PrepError(
        .unknown, "there is no lint '\(name)'",
        hint: suggestion(for: name, among: Lint.all.map(\.name))
          ?? "'dlprep check --list-lints' lists them")
    }
    var text = "\(lint.name) (\(lint.severity.rawValue)): \(lint.summary)\n\n\(lint.why)\n"
    if lint.needsData { text += "\nOnly data can tell: check PIPELINE DATA, or a fit.\n" }
    text += "\nbad\n\(lint.bad.indented)\ngood\n\(lint.good.indented)"
    guard lint.severity != .refused else { return text }
    text += "\nto silence it: in the file, or in the step that the message names\n"
    text += "lints: {ignore: [\(lint.name)]}".indented
    text += "- standardize: {columns: numeric, lints: {ignore: [\(lint.name)]}}".indented
    return text
  }
}

extension String {
  /// Each line two spaces to the right.
  fileprivate var indented: String {
    split(separator: "\n", omittingEmptySubsequences: false).map { "  \($0)\n" }.joined()
  }
}
