public import DLPrepPipeline

/// What the doc comment of a stage says: the one place where it stands.
///
/// A doc comment is a sentence, a step or a whole pipeline in YAML, a table before and after it, and
/// a text that says the formula, whose it is, and at its end what a fit costs.
public struct StagePage: Sendable {
  /// The step, as a pipeline file holds it, or a whole file.
  public let yaml: String
  /// A table before the step.
  public let before: String
  /// The table after it.
  public let after: String
  /// What is learned and computed, and who else does so.
  public let text: String
  /// What a fit costs.
  public let cost: String

  /// The page of a stage of this package.
  public init?(of stage: any Stage.Type) {
    guard let comment = docComments["\(stage)"] else { return nil }
    self.init(docComment: comment)
  }

  /// Takes a doc comment apart; nil where something is missing.
  public init?(docComment: String) {
    var blocks: [String] = []
    var isOpen = false
    var words: [Substring] = []
    for line in docComment.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.hasPrefix("```") {
        isOpen.toggle()
        if isOpen { blocks.append("") }
        words = []
      } else if isOpen {
        blocks[blocks.count - 1] += line + "\n"
      } else {
        words += line.split(separator: " ")
      }
    }
    guard blocks.count == 3, let end = words.lastIndex(of: "Cost:"), end > 0 else { return nil }
    (yaml, before, after) = (blocks[0], blocks[1], blocks[2])
    text = words[..<end].joined(separator: " ")
    var cost = words[(end + 1)...].joined(separator: " ")
    if cost.hasSuffix(".") { cost.removeLast() }
    self.cost = cost
  }

  /// The YAML as a whole file.
  public var file: String { yaml.hasPrefix("- ") ? "dlprep: 1\nsteps:\n" + yaml : yaml }
}
