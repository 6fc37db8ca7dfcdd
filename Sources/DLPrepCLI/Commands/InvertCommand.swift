import ArgumentParser
import DLPrep

/// The command `dlprep invert`.
struct InvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "invert",
    abstract: "Takes columns that a fitted pipeline made back to what they were made of.",
    usage: "dlprep invert MODEL.dlprep [DATA] [--select COLUMNS] [-o OUT]",
    discussion: """
      DATA holds output columns of the pipeline, such as predictions of a standardized target. They \
      go through the steps from the last to the first; all other columns pass. 'dlprep check MODEL' \
      says of each step whether its inverse is exact, lossy or none. Numbers of a target's classes \
      become the classes.

      A .npy file (or --from npy) holds the features that the pipeline makes, in their order; a list, \
      or a matrix of one column, holds the target.

      Examples:
        dlprep invert model.dlprep predictions.csv --select price
        dlprep invert model.dlprep features.csv -o data.csv
        dlprep invert model.dlprep x.npy -o data.csv
        dlprep invert model.dlprep predicted_classes.npy
        cat scores.csv | dlprep invert model.dlprep --select 'city | spend*'
      """)

  @Argument(help: ArgumentHelp("The fitted pipeline.", valueName: "model"))
  var model: String
  @Argument(help: ArgumentHelp("The table; - or none for standard input.", valueName: "data"))
  var data = "-"
  @Option(
    help: ArgumentHelp(
      "The output columns to take back, as in columns: of a step; default: all that can be.",
      valueName: "columns"))
  var select: String?
  @OptionGroup(title: "Output") var output: OutputFlags
  @OptionGroup(title: "Output") var account: AccountFlags
  @OptionGroup(title: "Run") var flags: RunFlags
  @OptionGroup(title: "Input") var input: InputFlags

  func run() throws {
    let profile = account.makeProfile()
    let fitted = try loaded()
    profile?.addLoading()
    let progress = flags.makeProgress()
    defer { progress?.end() }
    var settings = try flags.settings(progress)
    settings.from = try input.format()
    settings.sources = [model]
    try output.set(&settings)
    account.set(&settings, profile)
    if data == "-", Console.readsTerminal, !flags.quiet {
      Console.say("note: reading the table from the terminal; Ctrl-D ends it")
    }
    try Job(settings).invert(
      fitted, data, reading: try options(fitted), select: try selector(), output: output.output)
    progress?.end()
    profile?.show()
  }

  private func loaded() throws -> FittedPipeline {
    var loader = PipelineLoader()
    loader.overrides = try flags.overrides()
    if let fitted = try loader.load(path: model).fitted { return fitted }
    throw PrepError(
      .usage, "expected a fitted pipeline, found one that isn't", at: Place(file: model),
      hint: "fit it first: dlprep fit PIPELINE DATA -o MODEL.dlprep")
  }

  /// How the table is read: as the pipeline writes tables, unless flags say otherwise.
  private func options(_ fitted: FittedPipeline) throws -> InputOptions {
    var loader = PipelineLoader()
    loader.input = input.entries
    loader.blockBytes = input.blockBytes
    var options = try loader.empty().input
    if input.nullValues == nil, let marker = fitted.pipeline.input.nullValues.first {
      options.nullValues = [marker] + options.nullValues.filter { $0 != marker }
    }
    return options
  }

  private func selector() throws -> Selector? {
    try select.map {
      try Selector(.scalar($0, quoted: false, Place(file: "--select")))
    }
  }
}
