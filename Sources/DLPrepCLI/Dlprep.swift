import ArgumentParser
import DLPrep

/// The commands.
struct Dlprep: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "dlprep",
    abstract: "Turns messy tables into tensors, the same way every time.",
    discussion: """
      Examples:
        dlprep apply pipeline.yaml data.csv                    learn and transform; CSV on stdout
        dlprep fit pipeline.yaml train.csv -o model.dlprep     learn once
        dlprep apply model.dlprep new.csv.gz -o x.npy          use for ever; never learns
        dlprep apply -e 'clean_text city | one_hot city' data.csv
        dlprep stages one_hot                                  what a stage does

      Exit codes: 0 ok, 1 internal error, 2 command line or pipeline file, 3 data broke the contract,
      4 reading or writing failed, 5 limit exceeded, 6 artifact doesn't fit.
      """,
    version: Artifact.tool,
    subcommands: [
      Apply.self, Fit.self, ConvertCommand.self,
    ])
}
