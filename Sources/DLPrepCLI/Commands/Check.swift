import ArgumentParser
import DLPrep

/// The command `dlprep check`.
struct Check: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Checks a pipeline, and a table against it, without writing anything.",
    usage: """
      dlprep check PIPELINE.yaml|MODEL.dlprep [DATA]
      dlprep check -e 'STAGE COLUMNS KEY=VALUE | ...' [DATA]
      """,
    discussion: """
      Without DATA it reads the pipeline and reports everything that is wrong with it. With DATA \
      it goes through all that apply would do, and gives the same errors.

      Examples:
        dlprep check pipeline.yaml
        dlprep check pipeline.yaml train.csv
        dlprep check model.dlprep new.csv.gz
        zcat new.csv.gz | dlprep check model.dlprep -
      """)

  @OptionGroup var pipeline: PipelineArguments
  @OptionGroup(title: "Run") var flags: RunFlags
  @OptionGroup(title: "Input") var input: InputFlags

  func run() throws {
    let loaded = try pipeline.load(flags, input)
    let name = try pipeline.pipelinePath() ?? "-e"
    guard let data = try pipeline.dataPath() else {
      if case .unfitted(let unfitted) = loaded {
        var errors: [PrepError] = []
        _ = unfitted.planned(errors: &errors)
        if !errors.isEmpty { throw PrepErrors(errors) }
      }
      let state = loaded.fitted == nil ? "" : "fitted, "
      let steps = loaded.pipeline.steps
      return try Console.print(
        "\(name): ok, \(state)\(counted(steps.count, "step"))\n" + Self.inverses(of: steps))
    }
    let progress = flags.makeProgress()
    defer { progress?.end() }
    var settings = try flags.settings(progress)
    settings.from = try input.format()
    let (ledger, schema) = try Job(settings).check(loaded, data)
    progress?.end()
    let columns = schema.map { ", \(counted($0.columns.count, "output column"))" } ?? ""
    try Console.print("\(data): ok, \(counted(ledger.read, "row"))\(columns)")
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
