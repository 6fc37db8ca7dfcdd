import ArgumentParser
import DLPrep

/// The command `dlprep plan`.
struct PlanCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "plan",
    abstract: "Shows what a pipeline does: columns, types, what is learned, what comes out.",
    usage: """
      dlprep plan PIPELINE.yaml [DATA|MODEL.dlprep]
      dlprep plan MODEL.dlprep
      dlprep plan -e 'STAGE COLUMNS KEY=VALUE | ...' [DATA]
      """,
    discussion: """
      With a table or a fitted pipeline the plan is exact. Without one, what only data can decide \
      is shown with a question mark.

      Examples:
        dlprep plan pipeline.yaml
        dlprep plan pipeline.yaml train.csv
        dlprep plan model.dlprep
        dlprep plan -e 'impute numeric | one_hot category' train.csv
      """)

  @OptionGroup var pipeline: PipelineArguments
  @OptionGroup(title: "Run") var flags: RunFlags
  @OptionGroup(title: "Input") var input: InputFlags

  func run() throws {
    let loaded = try pipeline.load(flags, input)
    let plan: PlannedPipeline
    if let second = try pipeline.dataPath() {
      plan = try planned(loaded, with: second)
    } else if let fitted = loaded.fitted {
      plan = try fitted.planned()
    } else {
      var errors: [PrepError] = []
      plan = loaded.pipeline.planned(errors: &errors)
      if !errors.isEmpty { throw PrepErrors(errors) }
    }
    try Console.print(PlanText(plan).text(loaded.pipeline.name))
  }

  /// The exact plan: of a fitted pipeline, or of one fitted to a table.
  private func planned(_ loaded: LoadedPipeline, with path: String) throws -> PlannedPipeline {
    if path != "-", Self.isArtifact(path) {
      try Expectation(pipeline.pipelinePath() ?? "-e", loaded.pipeline).check(path)
      if let model = try PipelineLoader().load(path: path).fitted { return try model.planned() }
    }
    let progress = flags.makeProgress()
    defer { progress?.end() }
    var settings = try flags.settings(progress)
    settings.from = try input.format()
    return try Job(settings).fitted(loaded, to: path).planned()
  }

  /// Whether a file is a fitted pipeline, by its name or by how it begins; a table of JSON lines
  /// begins in another way.
  private static func isArtifact(_ path: String) -> Bool {
    if path.hasSuffix(".dlprep") { return true }
    guard let input = try? Input(path) else { return false }
    return input.peek(32).starts(with: Array("{\"classes\":[".utf8))
  }
}
