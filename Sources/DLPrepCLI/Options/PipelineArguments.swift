import ArgumentParser
import DLPrep

/// A pipeline (a file, or `-e` and a line) and the table it works on.
struct PipelineArguments: ParsableArguments {
  @Option(
    name: [.customShort("e"), .customLong("expression")],
    help: ArgumentHelp(
      "The pipeline on one line: 'STAGE COLUMNS KEY=VALUE | ...'", valueName: "line"))
  var expression: String?
  @Argument(
    help: ArgumentHelp(
      "The pipeline (YAML or fitted), unless -e gives it; then the table, - or none for stdin.",
      valueName: "pipeline> <data"))
  var files: [String] = []

  /// The path of the pipeline, where it is in a file.
  func pipelinePath() throws(PrepError) -> String? {
    if expression != nil { return nil }
    guard let path = files.first else {
      throw PrepError(
        .usage, "expected a pipeline, found none", hint: "name a file, or write one with -e")
    }
    return path
  }

  /// The path of the table, if one is named.
  func dataPath() throws(PrepError) -> String? {
    let rest = Array(files.dropFirst(expression == nil ? 1 : 0))
    if rest.count > 1 {
      throw PrepError(
        .usage, "expected one table, found \(rest.count): \(rest.joined(separator: ", "))",
        hint: expression == nil ? nil : "with -e the pipeline isn't a file too")
    }
    return rest.first
  }

  /// The table to read: standard input where none is named.
  func table(_ flags: RunFlags) throws(PrepError) -> String {
    let path = try dataPath() ?? "-"
    if path == "-", try pipelinePath() == "-" {
      throw PrepError(.usage, "standard input can't be both the pipeline and the table")
    }
    if path == "-", Console.readsTerminal, !flags.quiet {
      Console.say("note: reading the table from the terminal; Ctrl-D ends it")
    }
    return path
  }

  /// Reads the pipeline.
  func load(_ flags: RunFlags, _ input: InputFlags) throws -> LoadedPipeline {
    var loader = PipelineLoader()
    loader.overrides = try flags.overrides()
    loader.input = input.entries
    loader.blockBytes = input.blockBytes
    if let expression { return .unfitted(try loader.load(expression: expression)) }
    return try loader.load(path: try pipelinePath() ?? "-")
  }
}
