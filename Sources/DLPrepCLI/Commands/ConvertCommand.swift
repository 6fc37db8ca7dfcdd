import ArgumentParser
import DLPrep

/// The command `dlprep convert`.
struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Reads a table in one format and writes it in another.",
    usage: "dlprep convert [DATA] [-o OUT] [--to FORMAT] [--text]",
    discussion: """
      Types are found out over all values, as a fit does. With --text every cell stays the text \
      that stood there, and nothing is missing.

      Examples:
        dlprep convert data.csv -o data.jsonl
        dlprep convert semicolons.csv --decimal , -o clean.csv
        dlprep convert old.csv --encoding cp1252 --text -o new.csv
        zcat data.csv.gz | dlprep convert --to tsv
      """)

  @Argument(help: ArgumentHelp("The table; - or none for standard input.", valueName: "data"))
  var data = "-"
  @OptionGroup(title: "Output") var output: OutputFlags
  @OptionGroup(title: "Output") var account: AccountFlags
  @Flag(help: "Keeps every cell as the text that stands there.")
  var text = false
  @OptionGroup(title: "Run") var flags: RunFlags
  @OptionGroup(title: "Input") var input: InputFlags

  func run() throws {
    let profile = account.makeProfile()
    let reading = try input.withoutPipeline(flags)
    let progress = flags.makeProgress()
    defer { progress?.end() }
    var settings = try flags.settings(progress)
    settings.from = try input.format()
    try output.set(&settings)
    account.set(&settings, profile)
    if data == "-", Console.readsTerminal, !flags.quiet {
      Console.say("note: reading the table from the terminal; Ctrl-D ends it")
    }
    try Job(settings).convert(reading, data, output: output.output, asText: text)
    progress?.end()
    profile?.show()
  }
}
