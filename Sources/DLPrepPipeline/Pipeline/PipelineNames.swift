internal import DLPrepBytes
internal import DLPrepData

/// The keys at the top of a pipeline file that are no sections.
struct PipelineNames: Sendable, Equatable {
  var name = PipelineName()
  var description: String?
  var seed: UInt64 = 0

  static let parameters: [Parameter<PipelineNames>] = [
    .init("name", \.name, "Shown in reports."),
    .init("description", \.description, "One line on what it is for."),
    .init("seed", \.seed, "What every random choice derives from."),
  ]
}

/// A name of letters, digits, - and _.
struct PipelineName: ParameterValue {
  var text = "pipeline"

  static var expected: String { "a name of letters, digits, - and _" }

  static var schema: JSON { ParameterSchema.text }

  init(_ text: String = "pipeline") { self.text = text }

  init(_ node: ConfigNode) throws(PrepError) {
    guard case .scalar(let text, _, _) = node, Self.isName(text) else { throw Self.mismatch(node) }
    self.text = text
  }

  var node: ConfigNode? { .text(text) }

  static func isName(_ text: String) -> Bool {
    !text.isEmpty
      && text.unicodeScalars.allSatisfy {
        $0 == "-" || $0 == "_" || $0.properties.isAlphabetic || $0.properties.numericType != nil
      }
  }
}
