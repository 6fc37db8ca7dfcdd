import ArgumentParser
import DLPrep

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The command `dlprep init`.
struct Init: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Drafts a pipeline for a table.",
    usage: "dlprep init [DATA] [-o PIPELINE.yaml] [--target COLUMN]",
    discussion: """
      It looks at every row: types, what may mean missing, gaps, outliers, categories, texts, dates. \
      The draft has a step for each problem, with the evidence in a comment; what is a guess says \
      so. It is there to be read and changed. Then it is tried on the table, and a feature that \
      gives the target away is left out.

      Examples:
        dlprep init train.csv
        dlprep init train.csv -o pipeline.yaml --target churned
        zcat train.csv.gz | dlprep init --target price > pipeline.yaml
      """)

  @Argument(help: ArgumentHelp("The table; - or none for standard input.", valueName: "data"))
  var data = "-"
  @Option(
    name: [.customShort("o"), .customLong("output")],
    help: ArgumentHelp("The pipeline file to write; none: standard output.", valueName: "file"))
  var output: String?
  @Option(
    help: ArgumentHelp("The column to predict; default: guessed by its name.", valueName: "column"))
  var target: String?
  @Flag(help: "Replaces a pipeline file that is there already.")
  var force = false
  @OptionGroup(title: "Run") var flags: RunFlags
  @OptionGroup(title: "Input") var input: InputFlags

  func run() throws {
    if let output, output != "-", unsafe access(output, F_OK) == 0 {
      if data != "-", FilePlace(output) == FilePlace(data) {
        throw PrepError(
          .usage, "expected an output that isn't read, found the table",
          at: Place(file: output), hint: "write to another file")
      }
      if !force { throw Self.exists(output) }
    }
    let reading = try input.withoutPipeline(flags)
    let progress = flags.makeProgress()
    defer { progress?.end() }
    var settings = try flags.settings(progress)
    settings.from = try input.format()
    let draft = try Job(settings).draft(
      data, reading: reading, target: target,
      isHeaderStated: input.entries.contains { $0.key == "header" })
    progress?.end()
    guard let output, output != "-" else { return try Console.print(draft) }
    let files = OutputSet()
    try files.file(output, isMain: true).write(Array(draft.utf8))
    try files.publish()
  }

  private static func exists(_ output: String) -> PrepError {
    PrepError(
      .usage, "expected no file there yet, found one", at: Place(file: output),
      hint: "--force replaces it")
  }
}
