import ArgumentParser
import DLPrep

/// The command `dlprep stages`.
struct Stages: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "stages",
    abstract: "Lists the stages, or says all about one.",
    usage: "dlprep stages [NAME] [--find WORD] [--json-schema]",
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

  func run() throws {
    if jsonSchema {
      let schema = PipelineFile.jsonSchema(standardStages)
      return try Console.print(String(decoding: try schema.canonical(.lines), as: UTF8.self))
    }
    guard let name else {
      let stages = standardStages.descriptions.filter { stage in
        find.map { OtherNames.matches(stage, $0) } ?? true
      }
      if stages.isEmpty {
        throw PrepError(
          .unknown, "no stage has to do with '\(find ?? "")'", hint: "see 'dlprep stages'")
      }
      var table = TextTable()
      for stage in stages { table.add(stage.name, stage.summary) }
      return try Console.print(table.text())
    }
    guard let stage = standardStages.description(of: name) else {
      throw PrepError(
        .unknown, "there is no stage '\(name)'",
        hint: suggestion(for: name, among: standardStages.names) ?? "see 'dlprep stages'")
    }
    try Console.print(Self.text(stage))
  }

  /// A default on one line.
  private static func shown(_ value: ConfigNode) -> String {
    if case .list(let items, _) = value {
      let some = items.prefix(3).map { shown($0) }.joined(separator: ", ")
      return items.count > 3 ? "[\(some), ... \(items.count)]" : "[\(some)]"
    }
    return String(PipelineFile.text(value).prefix { $0 != "\n" })
  }

  private static func text(_ stage: StageDescription) -> String {
    var text = "\(stage.name): \(stage.summary)\n\n"
    if stage.parameters.contains(where: { $0.key == "columns" }) {
      text += "columns by default: \(stage.defaultColumns?.text ?? "none, they must be given")\n\n"
    }
    text += "parameters\n"
    var table = TextTable()
    table.add("", "default", "")
    for parameter in stage.parameters {
      let standard = parameter.defaultValue.map { shown($0) } ?? parameter.otherwise
      table.add(parameter.key, standard, parameter.help)
      table.add("", "", parameter.expected)
    }
    text += table.text(indent: 2)
    if stage.name == Derive.name {
      text += "\nfunctions and operators\n" + functions
    } else if stage.parameters.contains(where: { $0.expected == RowExpression.expected }) {
      text += "\nexpressions: 'dlprep stages derive' lists their functions and operators\n"
    }
    if !stage.examples.isEmpty {
      text += "\nexamples\n" + PipelineFile.text(.list(stage.examples)).indented
    }
    return text
  }
}

extension Stages {
  /// Every function of the expression language, with an example.
  private static var functions: String {
    var table = TextTable()
    for function in ExpressionFunction.all {
      table.add(function.signature, function.summary)
      table.add("", "\(function.example.expression)  gives  \(function.example.result)")
    }
    return table.text(indent: 2)
  }
}

extension String {
  /// Each line two spaces to the right.
  fileprivate var indented: String {
    split(separator: "\n").map { "  \($0)\n" }.joined()
  }
}
