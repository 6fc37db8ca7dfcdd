import ArgumentParser
import DLPrep

/// The command `dlprep diff`.
struct Diff: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Shows how two pipelines differ: what they say, and what they have learned.",
    usage: "dlprep diff A B [--exit-code]",
    discussion: """
      A and B are pipeline files or fitted pipelines.

      Examples:
        dlprep diff monday.dlprep tuesday.dlprep
        dlprep diff pipeline.yaml model.dlprep
        dlprep diff --exit-code old.dlprep new.dlprep || echo changed
      """)

  @Argument(help: "A pipeline file or a fitted pipeline.")
  var a: String
  @Argument(help: "Another one.")
  var b: String
  @Flag(name: .customLong("exit-code"), help: "Ends with exit code 6 if they differ.")
  var exitCode = false

  func run() throws {
    let loader = PipelineLoader()
    let old = try loader.load(path: a)
    let new = try loader.load(path: b)
    var text = ""
    if old.pipeline.fingerprint != new.pipeline.fingerprint {
      let lines = LineDifference(
        PipelineFile.text(old.pipeline.node), PipelineFile.text(new.pipeline.node))
      text += lines.text(from: a, to: b)
    }
    if let old = old.fitted, let new = new.fitted { text += FittedDifference(old, new).text }
    if !text.isEmpty { try Console.print(text) }
    if exitCode, !text.isEmpty { throw ExitCode(PrepError.Exit.artifact.rawValue) }
  }
}
