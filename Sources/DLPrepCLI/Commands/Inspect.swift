import ArgumentParser
import DLPrep

/// The command `dlprep inspect`.
struct Inspect: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Shows what a fitted pipeline has learned.",
    usage: "dlprep inspect MODEL.dlprep",
    discussion: """
      Examples:
        dlprep inspect model.dlprep
        dlprep inspect model.dlprep | less
        jq .steps model.dlprep                  the same as JSON
      """)

  @Argument(help: ArgumentHelp("The fitted pipeline.", valueName: "model"))
  var model: String

  func run() throws {
    guard let fitted = try PipelineLoader().load(path: model).fitted else {
      throw PrepError(
        .usage, "expected a fitted pipeline, found a pipeline file", at: Place(file: model),
        hint: "fit it first; dlprep plan shows what a pipeline file does")
    }
    try Console.print(try LearnedText(fitted).text(model))
  }
}
