import Testing

/// README.md shows what the program prints today.
///
/// `RECORD=1 swift test --filter ReadmeTests` puts today's output into it.
struct ReadmeTests {
  private let path = GoldenCase.package + "/README.md"

  @Test func theTourShowsWhatTheProgramPrints() throws {
    let page = try #require(Files.text(path))
    let commands = Self.commands(of: page)
    #expect(commands.count >= 8)
    let found = Self.page(page, showing: try Self.outputs(of: commands))
    if GoldenCase.records { try Files.write(found, to: path) }
    let lines = found.split(separator: "\n", omittingEmptySubsequences: false)
    let shown = page.split(separator: "\n", omittingEmptySubsequences: false)
    for change in lines.difference(from: shown) where !GoldenCase.records {
      switch change {
      case .insert(_, let line, _): Issue.record("missing: \(line)")
      case .remove(_, let line, _): Issue.record("outdated: \(line)")
      }
    }
  }

  /// The lines that start with `    $ `: commands whose output follows.
  private static func commands(of page: String) -> [String] {
    page.split(separator: "\n").filter { $0.hasPrefix("    $ ") }.map { String($0.dropFirst(6)) }
  }

  /// What each command prints; one script runs them all, so that later ones find what earlier ones
  /// have made.
  private static func outputs(of commands: [String]) throws -> [String] {
    let mark = "----8<----\n"
    let all = commands + ["dlprep stages"]
    let script = all.map { "{ \($0)\n} 2>&1\necho '\(mark.dropLast())'\n" }.joined()
    let found = try GoldenCase(name: "", command: script).run()
    return found.output.split(separator: mark, omittingEmptySubsequences: false).map(String.init)
  }

  /// The page with these outputs: one for each command, then the list of stages.
  private static func page(_ page: String, showing outputs: [String]) -> String {
    var outputs = outputs[...]
    var lines: [String] = []
    var isOutput = false
    var isStage = false
    for line in page.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("    $ ") {
        lines.append(String(line))
        let output = outputs.popFirst() ?? ""
        lines += output.split(separator: "\n", omittingEmptySubsequences: false).dropLast()
          .map { "    \($0)" }
        isOutput = true
      } else if isOutput, line.hasPrefix("    ") {
        continue
      } else if isStage, line.hasPrefix("| `") {
        continue
      } else {
        isOutput = false
        lines.append(String(line))
        isStage = isStage ? !line.isEmpty : line == "| stage | what it does |"
        if isStage, line == "|---|---|" { lines += stages(outputs.popFirst() ?? "") }
      }
    }
    return lines.joined(separator: "\n")
  }

  /// The rows of the table of stages.
  private static func stages(_ listing: String) -> [String] {
    listing.split(separator: "\n").map { line in
      let name = line.prefix { $0 != " " }
      let summary = line.dropFirst(name.count).drop { $0 == " " }
      return "| `\(name)` | \(summary) |"
    }
  }
}
