import DLPrepData
import DLPrepPipeline

extension BehaviourRule {
  /// What comes out is what was planned.
  static var schemaRules: [BehaviourRule] {
    [
      BehaviourRule("the planned schema admits the produced one") { trial throws(PrepError) in
        switch trial.stage {
        case let stage as any ColumnStage: return plannedAndProduced(stage, trial)
        case let stage as any BlockStage: return try plannedAndProduced(stage, trial)
        default: return []
        }
      },
      BehaviourRule("columns it doesn't act on are left alone") { trial throws(PrepError) in
        if trial.stage is any StructureStage || trial.stage.removesRows || trial.stage.rejectsRows {
          return []
        }
        return trial.serving.columns.compactMap { column in
          trial.acted.contains(column.name) || trial.served.values(of: column.name) == column.values
            ? nil : "'\(column.name)' changed"
        }
      },
      BehaviourRule("values have the type that the schema says") { trial throws(PrepError) in
        let fields = try trial.result.outputSchema().columns.map(\.field)
        let types = fields.flatMap { field in
          field.type.isVector
            ? field.components.map { ($0, field.type) } : [(field.name, field.type)]
        }
        return types.compactMap { name, type in
          guard let found = trial.served.values(of: name)?.type else { return "no '\(name)'" }
          let isTime = (type == .date || type == .timestamp) && found == .integer
          let isComponent = type.isVector && found.isNumeric
          return found == type || isTime || isComponent
            ? nil : "'\(name)' is \(found.name), not \(type.name)"
        }
      },
    ]
  }

  private static func plannedAndProduced(
    _ stage: some ColumnStage, _ trial: StageTrial<S>
  ) -> [String] {
    guard case .columns(let entries) = trial.fitted.steps[0].work else { return [] }
    var found: [String] = []
    for entry in entries {
      guard let input = trial.fitted.inputs.first(where: { $0.name == entry.column }) else {
        continue
      }
      let field = input.field
      let planned = stage.outputs(for: field, nil)
      for output in entry.outputs(for: field) {
        let isPlanned = planned.contains {
          $0.value == output.value && $0.type.admits(output.type)
        }
        // Which classes a target has, and so which columns there are, only data can tell.
        if !isPlanned && !(stage.isSupervised && output.value != nil) {
          found.append("'\(entry.column)': \(output.value ?? "itself") of type \(output.type.name)")
        }
      }
    }
    return found
  }

  private static func plannedAndProduced<Stage: BlockStage>(
    _ stage: Stage, _ trial: StageTrial<S>
  ) throws(PrepError) -> [String] {
    guard case .block(let block, let columns) = trial.fitted.steps[0].work else { return [] }
    let fields = columns.compactMap { name in
      trial.fitted.inputs.first { $0.name == name }?.field
    }
    let planned = stage.fates(of: fields, nil)
    let produced = block.fates(of: fields)
    guard planned.count == fields.count, produced.count == fields.count else {
      return ["a fate is needed for each column"]
    }
    var found: [String] = []
    for (field, (before, after)) in zip(fields, zip(planned, produced)) where before != after {
      if before != .undecided { found.append("'\(field.name)': \(before) became \(after)") }
    }
    let made = try block.made(from: fields)
    for field in try stage.made(from: fields, nil) {
      let isMade = made.contains { $0.name == field.name && field.type.admits($0.type) }
      if !isMade { found.append("'\(field.name)' was planned, but not made") }
    }
    for field in made where !Set(field.sources).isSubset(of: columns) || field.sources.isEmpty {
      found.append("'\(field.name)' doesn't name its sources")
    }
    return found
  }
}
