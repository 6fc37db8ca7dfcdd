import ArgumentParser
import DLPrep

/// The command `dlprep check`.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks a pipeline, and a table against it, without writing anything.",
    usage: """
      dlprep check PIPELINE.yaml|MODEL.dlprep [DATA] [--strict]
      dlprep check -e 'STAGE COLUMNS KEY=VALUE | ...' [DATA]
      dlprep check --list-lints
      dlprep check --explain LINT
      """,
    discussion: """
      Without DATA it reads the pipeline and reports everything that is wrong with it, then what \
      is most likely a mistake: leaks, steps in the wrong order, work for nothing. With DATA it \
      goes through all that apply would do, gives the same errors, and looks for leaks in the data.

      Examples:
        dlprep check pipeline.yaml
        dlprep check pipeline.yaml train.csv
        dlprep check model.dlprep new.csv.gz
        zcat new.csv.gz | dlprep check model.dlprep -
        dlprep check pipeline.yaml --strict              for CI: a warning ends with exit code 2
        dlprep check --explain scale_before_impute
      """)

  @OptionGroup var pipeline: PipelineArguments
  @Flag(help: "Makes warnings errors, with exit code 2.")
  var strict = false
  @Option(
    help: ArgumentHelp(
      "Says what a lint means, with an example, and how to silence it.", valueName: "lint"))
  var explain: String?
  @Flag(help: "Lists the lints.")
  var listLints = false
  @OptionGroup(title: "Run") var flags: RunFlags
  @OptionGroup(title: "Input") var input: InputFlags

  func run() throws {
    if listLints { return try Console.print(LintText.list) }
    if let explain { return try Console.print(LintText.explanation(of: explain)) }
    let loaded = try pipeline.load(flags, input)
    let report = LintReport(isQuiet: flags.quiet)
    let data = try pipeline.dataPath()
    let result =
      if let data { try check(loaded, data, report) } else { try check(loaded, report) }
    if strict { try report.throwWarnings() }
    let inverses = data == nil ? "\n" + Self.inverses(of: loaded.pipeline.steps) : ""
    try Console.print(result + report.counts + inverses)
  }

  /// Checks the pipeline alone.
  private func check(_ loaded: LoadedPipeline, _ report: LintReport) throws -> String {
    if case .unfitted(let unfitted) = loaded {
      var errors: [PrepError] = []
      _ = unfitted.planned(errors: &errors)
      if !errors.isEmpty { throw PrepErrors(errors) }
      for finding in unfitted.lintFindings() { report.add(finding, isStrict: strict) }
    }
    let state = loaded.fitted == nil ? "" : "fitted, "
    let name = try pipeline.pipelinePath() ?? "-e"
    return "\(name): ok, \(state)\(counted(loaded.pipeline.steps.count, "step"))"
  }

  /// Checks a table against the pipeline.
  private func check(
    _ loaded: LoadedPipeline, _ data: String, _ report: LintReport
  ) throws -> String {
    let progress = flags.makeProgress()
    defer { progress?.end() }
    var settings = try flags.settings(progress)
    settings.from = try input.format()
    settings.tell = { [tell = settings.tell, strict] message in
      guard case .lint(let finding) = message else { return tell(message) }
      progress?.end()
      report.add(finding, isStrict: strict)
    }
    let (ledger, schema) = try Job(settings).check(loaded, data)
    let columns = schema.map { ", \(counted($0.columns.count, "output column"))" } ?? ""
    return "\(data): ok, \(counted(ledger.read, "row"))\(columns)"
  }

  /// Which steps `invert` takes back.
  private static func inverses(of steps: [Step]) -> String {
    guard !steps.isEmpty else { return "" }
    var table = TextTable()
    for step in steps { table.add(step.address, step.stage.inverse.text) }
    return "inverse of each step\n" + table.text(indent: 2)
  }
}

/// A number with its word, in the plural where need be.
func counted(_ count: Int, _ word: String) -> String {
  count == 1 ? "1 \(word)" : "\(count) \(word)s"
}
