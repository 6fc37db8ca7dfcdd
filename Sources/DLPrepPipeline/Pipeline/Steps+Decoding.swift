internal import DLPrepData

/// A step as the file has it, before its parameters are understood.
struct StepNode {
  var stage: String
  var place: Place
  var parameters: ConfigNode
  var address: String
}

extension PipelineDecoder {
  /// Reads `steps:`.
  mutating func readSteps(_ node: ConfigNode) {
    guard case .list(let nodes, _) = node else {
      errors.append(
        PrepError(
          .value, "'steps': expected a list, found \(node.found)", at: node.place.ifKnown,
          hint: "each step starts with a dash"))
      return
    }
    var steps: [StepNode] = []
    var taken = StepAddresses()
    for node in nodes {
      if var step = stepNode(node) {
        address(&step, after: steps, &taken)
        override(&step)
        steps.append(step)
      }
    }
    for step in steps { append(step) }
  }

  /// The stage that a step names, and its parameters.
  private mutating func stepNode(_ node: ConfigNode) -> StepNode? {
    switch node {
    case .scalar(let name, _, let place) where !name.isEmpty:
      return StepNode(stage: name, place: place, parameters: .map([], place), address: name)
    case .map(let entries, let place):
      guard let entry = entries.first, entries.count == 1 else {
        errors.append(severalKeys(entries, place))
        return nil
      }
      return StepNode(
        stage: entry.key, place: entry.place, parameters: entry.value, address: entry.key)
    default:
      errors.append(
        PrepError(
          .value, "expected a stage, found \(node.found)", at: node.place.ifKnown,
          hint: "a step is a stage's name with its parameters: - impute: {columns: numeric}"))
      return nil
    }
  }

  private func severalKeys(_ entries: [ConfigNode.Entry], _ place: Place) -> PrepError {
    let keys = entries.map { "'\($0.key)'" }.joined(separator: ", ")
    var hint = "a step is a stage's name with its parameters: - impute: {columns: numeric}"
    if let first = entries.first, case .scalar("", _, _) = first.value, catalog[first.key] != nil {
      hint = "indent the parameters further than '\(first.key)'"
    }
    return PrepError(
      .value, "expected one stage, found \(entries.isEmpty ? "none" : keys)",
      at: (entries.dropFirst().first?.place ?? place).ifKnown, hint: hint)
  }

  /// Gives a step its address: its `id`, or the stage's name, then `NAME_2`, ...
  private mutating func address(
    _ step: inout StepNode, after steps: [StepNode], _ taken: inout StepAddresses
  ) {
    guard case .scalar(let id, _, let place)? = step.parameters["id"] else {
      step.address = taken.free(for: step.stage)
      taken.add(step.address)
      return
    }
    step.address = id
    let isTaken = !taken.add(id)
    let message: String
    var hint: String?
    if !PipelineName.isName(id) {
      message = "expected a name of letters, digits, - and _, found '\(id)'"
    } else if ["params", "schema"].contains(id) {
      message = "'\(id)' means something else in addresses"
    } else if isTaken, let other = steps.first(where: { $0.address == id }) {
      message = "another step is called '\(id)'"
      hint = other.place.ifKnown.map { "it is at \($0)" }
    } else {
      return
    }
    errors.append(
      PrepError(.value, "'\(step.stage).id': \(message)", at: place.ifKnown, hint: hint))
  }

  private mutating func override(_ step: inout StepNode) {
    for position in overrides.indices where overrides[position].owner == step.address {
      overrides[position].isUsed = true
      guard case .map(var entries, let place) = step.parameters else { continue }
      do throws(PrepError) {
        guard overrides[position].key != "id" else {
          throw PrepError(.usage, "the id of a step can't be set", at: overrides[position].place)
        }
        try overrides[position].applied(to: &entries)
      } catch {
        errors.append(error)
      }
      step.parameters = .map(entries, place)
    }
  }

  /// Understands a step and adds it.
  mutating func append(_ node: StepNode) {
    guard let stage = catalog[node.stage] else {
      errors.append(
        PrepError(
          .unknown, "there is no stage named '\(node.stage)'", at: node.place.ifKnown,
          hint: suggestion(for: node.stage, among: catalog.names)
            ?? "'dlprep stages' lists them, 'dlprep stages --find \(node.stage)' finds other names")
      )
      return
    }
    append(node, as: stage)
  }

  private mutating func append<S: Stage>(_ node: StepNode, as type: S.Type) {
    var parameters = node.parameters
    let before = errors.count
    if let error = WhenRule.unsupported(in: &parameters, of: type) { errors.append(error) }
    let (stage, places) = type.decoded(parameters, errors: &errors)
    if errors.count == before {
      let broken = [
        WhenRule.broken(by: stage, places), NameTemplate.problem(in: stage, places),
        Self.columnsMissing(stage, node.place),
      ]
      errors += broken.compactMap { $0 }
    }
    var step = Step(stage, address: node.address, place: node.place.ifKnown, places: places)
    step.place = step.place ?? places["columns"]
    checkMentions(in: step)
    pipeline.steps.append(step)
  }

  private static func columnsMissing<S: Stage>(_ stage: S, _ place: Place) -> PrepError? {
    guard stage.columns == nil, S.commonKeys.contains(.columns) else { return nil }
    return PrepError(
      .value, "'\(S.name)' must be told its columns", at: place.ifKnown,
      hint: "such as columns: [a, b] or columns: numeric")
  }

  /// `of()` and `from()` name steps that came before.
  private mutating func checkMentions(in step: Step) {
    let mentioned = step.stage.common.columns?.mentionedSteps ?? []
    if mentioned.isEmpty { return }
    let earlier = pipeline.steps.map(\.address)
    let ids = earlier.filter { PipelineName.isName($0) }
    for name in mentioned where !earlier.contains(name) {
      errors.append(
        PrepError(
          .unknown, "selector: there is no step '\(name)' before this one",
          at: step.places["columns/of(\(name))"] ?? step.places["columns/from(\(name))"]
            ?? step.place(in: "columns"),
          hint: suggestion(for: name, among: ids)
            ?? (ids.isEmpty ? nil : "there are " + ids.joined(separator: ", "))))
    }
  }
}
