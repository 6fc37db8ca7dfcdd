import DLPrep

/// All about one stage, for a terminal of 80 columns.
struct StageText {
  private let description: StageDescription
  private let page: StagePage?
  private let width = 80

  init(_ description: StageDescription) {
    self.description = description
    page = standardStages[description.name].flatMap { StagePage(of: $0) }
  }

  /// The page.
  var text: String {
    var text = wrapped("\(description.name): \(description.summary)", indent: 0)
    if let page { text += "\n" + wrapped(page.text, indent: 2) }
    text += "\n" + facts + "\nparameters\n" + parameters
    if description.name == Derive.name {
      text += "\nfunctions and operators\n" + Self.functions
    } else if description.parameters.contains(where: { $0.expected == RowExpression.expected }) {
      text += "\nexpressions: 'dlprep stages derive' lists their functions and operators\n"
    }
    return text + (page.map(example) ?? "")
  }

  private var facts: String {
    var facts = TextTable()
    if description.parameters.contains(where: { $0.key == "columns" }) {
      facts.add("columns", description.defaultColumns?.text ?? "must be given")
    }
    if let page { facts.add("cost", page.cost) }
    facts.add("inverse", description.inverses.map(\.text).joined(separator: "; or "))
    if !description.otherNames.isEmpty {
      facts.add("known as", description.otherNames.joined(separator: ", "))
    }
    return facts.text(width: width)
  }

  private var parameters: String {
    var table = TextTable()
    for parameter in description.parameters {
      let standard = parameter.defaultValue.map { Self.shown($0) } ?? parameter.otherwise
      table.add(parameter.key, standard, parameter.help)
      table.add("", "", parameter.expected)
    }
    return table.text(indent: 2, width: width)
  }

  private func example(_ page: StagePage) -> String {
    let (before, after) = (Self.lines(page.before), Self.lines(page.after))
    let left = before.map(\.count).max() ?? 0
    var text = "\nexample\n" + page.yaml.indented + "\n"
    guard left + 7 + (after.map(\.count).max() ?? 0) <= width else {
      return text + page.before.indented + "becomes\n" + page.after.indented
    }
    for row in 0..<max(before.count, after.count) {
      let first = row < before.count ? before[row] : ""
      let second = row < after.count ? after[row] : ""
      let gap = String(repeating: " ", count: left - first.count)
      let arrow = row == 0 ? " ->  " : "     "
      var line = "  " + first + gap + arrow + second
      while line.last == " " { line.removeLast() }
      text += line + "\n"
    }
    return text
  }

  private func wrapped(_ text: String, indent: Int) -> String {
    var table = TextTable()
    table.add(text)
    return table.text(indent: indent, width: width)
  }

  private static func lines(_ table: String) -> [Substring] { table.split(separator: "\n") }

  /// A default on one line.
  private static func shown(_ value: ConfigNode) -> String {
    if case .list(let items, _) = value {
      let some = items.prefix(3).map { shown($0) }.joined(separator: ", ")
      return items.count > 3 ? "[\(some), ... \(items.count)]" : "[\(some)]"
    }
    return String(PipelineFile.text(value).prefix { $0 != "\n" })
  }

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
