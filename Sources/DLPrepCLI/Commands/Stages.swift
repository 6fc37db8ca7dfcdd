import ArgumentParser
import DLPrep

/// The command `dlprep stages`.
struct Stages: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages",
    abstract: "Lists the stages, or says all about one.",
    usage: "dlprep stages [NAME] [--find WORD] [--json] [--json-schema]",
    discussion: """
      Examples:
        dlprep stages
        dlprep stages one_hot
        dlprep stages --find StandardScaler     by the name another tool has for it
        dlprep stages --json-schema > dlprep.schema.json      for editors
      """)

  @Argument(help: "The stage to describe.")
  var name: String?
  @Option(
    help: ArgumentHelp("Finds stages by a word, or by another tool's name.", valueName: "word"))
  var find: String?
  @Flag(help: "Prints the JSON Schema of pipeline files.")
  var jsonSchema = false

  @Flag(help: "Prints all about the stages, or about one, as JSON.")
  var json = false

  func run() throws {
    if jsonSchema { return try print(PipelineFile.jsonSchema(standardStages)) }
    let stages = try found
    if json { return try print(name == nil ? .array(stages.map(\.json)) : stages[0].json) }
    if name != nil { return try Console.print(StageText(stages[0]).text) }
    var table = TextTable()
    for stage in stages { table.add(stage.name, stage.summary) }
    try Console.print(table.text())
  }

  /// The stages that are asked for.
  private var found: [StageDescription] {
    get throws(PrepError) {
      if let name {
        if let stage = standardStages.description(of: name) { return [stage] }
        let others = standardStages.names(knownAs: name)
        throw PrepError(
          .unknown, "there is no stage '\(name)'",
          hint: suggestion(for: name, among: standardStages.names)
            ?? (others.isEmpty
              ? "see 'dlprep stages'"
              : "'dlprep stages --find \(name)' finds \(others.joined(separator: ", "))"))
      }
      guard let find else { return standardStages.descriptions }
      let names = standardStages.names(knownAs: find)
      if names.isEmpty {
        throw PrepError(
          .unknown, "no stage has to do with '\(find)'", hint: "see 'dlprep stages'")
      }
      return names.compactMap { standardStages.description(of: $0) }
    }
  }

  private func print(_ json: JSON) throws {
    try Console.print(String(decoding: try json.canonical(.lines), as: UTF8.self))
  }
}
