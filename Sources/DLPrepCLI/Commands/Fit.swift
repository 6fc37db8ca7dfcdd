import ArgumentParser
import DLPrep

/// The command `dlprep fit`.
struct Fit: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fit",
    abstract: "Learns from a table and writes a fitted pipeline.",
    usage: """
      dlprep fit PIPELINE.yaml [DATA] -o MODEL.dlprep [--features OUT]
      dlprep fit -e 'STAGE COLUMNS KEY=VALUE | ...' [DATA] -o MODEL.dlprep
      """,
    discussion: """
      A fitted pipeline is JSON, without any code in it. --features also writes the training \
      output: its encodings are out of fold, and steps with `when: fit` have acted on it.

      Examples:
        dlprep fit pipeline.yaml train.csv -o model.dlprep
        dlprep fit pipeline.yaml train.csv -o model.dlprep --features x.npy
        dlprep fit pipeline.yaml train.csv -o model.dlprep --set impute.strategy=mean
        zcat train.csv.gz | dlprep fit pipeline.yaml -o model.dlprep --memory 512M
      """)

  @OptionGroup var pipeline: PipelineArguments
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The fitted pipeline to write.", valueName: "file"))
  var output: String
  @Option(help: ArgumentHelp("A file for the training output.", valueName: "file"))
  var features: String?
  @Option(help: ArgumentHelp("The training output's format.", valueName: "format"))
  var to: String?
  @Option(help: "Which rows --features holds: train, test or all.")
  var part = PartChoice.all
  @OptionGroup(title: "Output") var account: AccountFlags
  @OptionGroup(title: "Run") var flags: RunFlags
  @OptionGroup(title: "Input") var input: InputFlags

  func run() throws {
    let profile = account.makeProfile()
    let loaded = try pipeline.load(flags, input)
    profile?.addLoading()
    guard case .unfitted(let unfitted) = loaded else {
      throw PrepError(
        .usage, "expected a pipeline file, found a fitted pipeline",
        at: try pipeline.pipelinePath().map { Place(file: $0) },
        hint: "fit the pipeline that it was made from")
    }
    let progress = flags.makeProgress()
    defer { progress?.end() }
    var settings = try flags.settings(progress)
    settings.from = try input.format()
    settings.to = try Format.stated(to, by: "--to")
    settings.run.part = part.part
    settings.sources = try [pipeline.pipelinePath()].compactMap(\.self)
    account.set(&settings, profile)
    try Job(settings).fit(
      unfitted, on: try pipeline.table(flags), model: output, features: features)
    progress?.end()
    profile?.show()
  }
}
