internal import DLPrepData

extension Pipeline {
  /// The whole pipeline as a file would say it: what differs from the defaults.
  ///
  /// Reading it back gives the same pipeline.
  public var node: ConfigNode {
    var entries: [(String, ConfigNode)] = [("dlprep", .text("1"))]
    var names = PipelineNames()
    (names.name, names.description, names.seed) = (PipelineName(name), description, seed)
    entries += ParameterTable.entries(
      of: names, default: PipelineNames(), by: PipelineNames.parameters)
    let input = ParameterTable.entries(
      of: input, default: InputOptions(), by: InputOptions.parameters)
    if !input.isEmpty { entries.append(("input", .map(input))) }
    if let schema = schemaNode { entries.append(("schema", schema)) }
    if let split {
      let keys = ParameterTable.entries(of: split, default: Split(), by: Split.parameters)
      entries.append(("split", .map(keys)))
    }
    entries.append(("steps", .list(stepNodes)))
    let output = ParameterTable.entries(
      of: output, default: OutputOptions(), by: OutputOptions.parameters)
    if !output.isEmpty { entries.append(("output", .map(output))) }
    if let lints = lints.node { entries.append(("lints", lints)) }
    return .map(entries)
  }

  /// The steps at the start that `schema` has made, by the column they check.
  private var columnChecks: [(column: String, step: Step)] {
    let addresses = Set(schema.columns.map { PipelineDecoder.checkAddress($0.name) })
    let checks = steps.prefix { addresses.contains($0.address) }
    return checks.map { (String($0.address.dropFirst(PipelineDecoder.checkAddress("").count)), $0) }
  }

  private var schemaNode: ConfigNode? {
    let checks = Dictionary(
      columnChecks.map { ($0.column, $0.step) }, uniquingKeysWith: { first, _ in first })
    let columns = schema.columns.map { column -> (String, ConfigNode) in
      var declared = DeclaredColumn(column)
      if let check = checks[column.name],
        case .map(var rules, let place) = node(of: check.stage)
      {
        rules.removeAll { ["columns", "id"].contains($0.key) }
        declared.check = CheckNode(rules: .map(rules, place))
      }
      let keys = ParameterTable.entries(
        of: declared, default: DeclaredColumn(), by: DeclaredColumn.parameters)
      return (column.name, .map(keys))
    }
    var entries: [(String, ConfigNode)] = []
    if schema.extraColumns != .ignore, let extra = schema.extraColumns.node {
      entries.append(("extra_columns", extra))
    }
    if !columns.isEmpty { entries.append(("columns", .map(columns))) }
    return entries.isEmpty ? nil : .map(entries)
  }

  private var stepNodes: [ConfigNode] {
    let checks = columnChecks
    var taken = StepAddresses(checks.map(\.step.address))
    return steps.dropFirst(checks.count).map { step in
      var stage = step.stage
      // An address that isn't the one a reader would give has to be said.
      let given = stage.common.id ?? taken.free(for: type(of: stage).name)
      if given != step.address { stage.common.id = step.address }
      taken.add(step.address)
      let name = type(of: stage).name
      guard case .map(let keys, _) = node(of: stage), !keys.isEmpty else { return .text(name) }
      return .map([(name, node(of: stage))])
    }
  }

  private func node<S: Stage>(of stage: S) -> ConfigNode { stage.node }
}
