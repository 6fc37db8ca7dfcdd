import ArgumentParser
import DLPrep

/// The command `dlprep apply`.
struct Apply: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "apply",
    abstract: "Applies a pipeline to a table.",
    usage: """
      dlprep apply PIPELINE.yaml [DATA] [-o OUT]
      dlprep apply MODEL.dlprep [DATA] [-o OUT]
      dlprep apply -e 'STAGE COLUMNS KEY=VALUE | ...' [DATA] [-o OUT]
      """,
    discussion: """
      A fitted pipeline never learns. One that isn't fitted learns from the table that it is \
      given, if it has to, and writes the training output. Without DATA the table comes from \
      standard input, without -o the result goes to standard output as CSV.

      Examples:
        dlprep apply pipeline.yaml data.csv > features.csv
        dlprep apply model.dlprep new.csv.gz -o x.npy
        zcat d.csv.gz | dlprep apply -e 'impute numeric strategy=median' | head
        dlprep apply model.dlprep new.csv --on-bad-row reject --rejects bad.csv
        dlprep apply model.dlprep new.csv --expect pipeline.yaml -o x.npy
        dlprep apply -e 'one_hot city' --print-yaml > pipeline.yaml
      """)

  @OptionGroup var pipeline: PipelineArguments
  @OptionGroup(title: "Output") var output: OutputFlags
  @OptionGroup(title: "Output") var account: AccountFlags
  @OptionGroup(title: "Run") var flags: RunFlags
  @OptionGroup(title: "Input") var input: InputFlags
  @Flag(help: "Refuses a pipeline that has to learn.")
  var frozen = false
  @Option(
    help: ArgumentHelp(
      "Refuses a fitted pipeline that was made by another pipeline than this file's.",
      valueName: "file"))
  var expect: String?
  @Flag(name: .customLong("print-yaml"), help: "Prints the pipeline as a file, and does nothing.")
  var printYAML = false

  func run() throws {
    let profile = account.makeProfile()
    let loaded = try pipeline.load(flags, input)
    profile?.addLoading()
    if printYAML { return try Console.print(PipelineFile.text(loaded.pipeline.node)) }
    if let expect { try Expectation(file: expect).check(pipeline.pipelinePath()) }
    let progress = flags.makeProgress()
    defer { progress?.end() }
    var settings = try flags.settings(progress)
    settings.from = try input.format()
    settings.isFrozen = frozen
    settings.sources = try [pipeline.pipelinePath(), expect].compactMap(\.self)
    try output.set(&settings)
    account.set(&settings, profile)
    try Job(settings).apply(loaded, to: try pipeline.table(flags), output: output.output)
    progress?.end()
    profile?.show()
  }
}
