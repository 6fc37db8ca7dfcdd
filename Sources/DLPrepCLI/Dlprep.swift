import ArgumentParser
import DLPrep

/// The commands.
struct Dlprep: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dlprep",
    abstract: "Turns messy tables into tensors, the same way every time.",
    discussion: """
      Examples:
        dlprep init data.csv -o pipeline.yaml
        dlprep apply pipeline.yaml data.csv
        dlprep fit pipeline.yaml train.csv -o model.dlprep
        dlprep apply model.dlprep new.csv.gz -o x.npy
        dlprep apply -e 'clean_text city | one_hot city' data.csv
        dlprep stages one_hot

      Exit codes: 0 ok, 1 internal error, 2 command line or pipeline file,
      3 data broke the contract, 4 reading or writing failed,
      5 limit exceeded, 6 fitted pipeline doesn't fit.
      """,
    version: Artifact.tool,
    subcommands: [
      Apply.self, Fit.self, Check.self, PlanCommand.self, Init.self, ConvertCommand.self,
      InvertCommand.self, Inspect.self, Diff.self, Stages.self, Formats.self,
    ])
}
