import DLPrepData
import DLPrepPipeline

extension BehaviourRule {
  /// What comes out is what was planned.
  static var schemaRules: [BehaviourRule] {
    [
      BehaviourRule("the planned schema admits the produced one") { trial in
        guard let stage = trial.stage as? any ColumnStage else { return [] }
        return plannedAndProduced(stage, trial)
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
            ? field.components.map { ($0, DataType.integer) } : [(field.name, field.type)]
        }
        return types.compactMap { name, type in
          guard let found = trial.served.values(of: name)?.type else { return "no '\(name)'" }
          let isTime = (type == .date || type == .timestamp) && found == .integer
          return found == type || isTime ? nil : "'\(name)' is \(found.name), not \(type.name)"
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
}
