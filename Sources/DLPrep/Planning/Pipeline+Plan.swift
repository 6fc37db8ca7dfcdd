extension Pipeline {
  /// What it will do, as far as the pipeline alone tells; `errors` gets what can't be.
  public func planned(errors: inout [PrepError]) -> PlannedPipeline {
    var plan = PlannedPipeline()
    plan.isOpen = schema.extraColumns == .ignore || schema.columns.isEmpty
    plan.inputs = schema.columns.filter { $0.role != .ignore }.map { column in
      let type = column.type?.dataType ?? (column.role == .id ? .text : nil)
      return PlannedPipeline.Column(
        Field(column.name, type ?? .category, role: column.role), isTypeKnown: type != nil)
    }
    var columns = plan.inputs
    for step in steps {
      let before = columns
      let actsOn = step.chosen(among: columns)
      do throws(PrepError) {
        columns = try step.planned(on: columns, actsOn)
      } catch {
        errors.append(error)
      }
      plan.add(step.address, step.stage, actsOn: actsOn, before: before, after: columns)
    }
    plan.output = columns
    return plan
  }
}

extension Step {
  /// The columns that the step acts on, and those that it may act on.
  fileprivate func chosen(among columns: [PlannedPipeline.Column]) -> [PlannedPipeline.Column] {
    guard let selector = stage.columns else { return [] }
    return columns.compactMap { column in
      var facts = ColumnFacts(field: column.field)
      facts.isTypeKnown = column.isTypeKnown
      let admits = selector.admits(facts)
      guard admits != false else { return nil }
      var chosen = column
      chosen.isSure = column.isSure && admits == true
      return chosen
    }
  }

  /// The columns after the step.
  fileprivate func planned(
    on columns: [PlannedPipeline.Column], _ chosen: [PlannedPipeline.Column]
  ) throws(PrepError) -> [PlannedPipeline.Column] {
    switch stage {
    case let stage as any ColumnStage: return try planned(stage, columns, chosen)
    case let stage as any StructureStage:
      let selected = columns.indices.filter { i in
        chosen.contains { $0.field.name == columns[i].field.name && $0.isSure }
      }
      try stage.checkNames(of: columns.filter(\.isSure).map(\.field), at: self)
      // What isn't declared may still be in the data: names are checked when they are known.
      guard let kept = try? stage.arranged(columns.map(\.field), selected: selected) else {
        return columns
      }
      return kept.map { index, name in
        var column = columns[index]
        column.field.name = name
        return column
      }
    default: return columns
    }
  }

  private func planned<S: ColumnStage>(
    _ stage: S, _ columns: [PlannedPipeline.Column], _ chosen: [PlannedPipeline.Column]
  ) throws(PrepError) -> [PlannedPipeline.Column] {
    var after: [PlannedPipeline.Column] = []
    for column in columns {
      guard let own = chosen.first(where: { $0.field.name == column.field.name }) else {
        after.append(column)
        continue
      }
      guard own.isSure, own.isTypeKnown else {
        after.append(PlannedPipeline.Column(column.field, isTypeKnown: false, isSure: false))
        continue
      }
      guard stage.accepts(column.field) else {
        throw stage.refusal(of: column.field).located(at: self)
      }
      if stage.common.keepOriginal { after.append(column) }
      let outputs = stage.outputs(for: column.field, nil)
      let fields = outputFields(of: outputs, from: column.field, by: stage, at: address)
      // Whether a stage that learns adds a column, such as an indicator, is for the data to say.
      let learns = !stage.needs(column.field, known: Answers()).isEmpty
      after += zip(fields, outputs).map { field, output in
        PlannedPipeline.Column(field, isSure: output.value == nil || !learns)
      }
    }
    return after
  }
}

extension StructureStage {
  /// An error where columns that are sure to be there get the same name.
  fileprivate func checkNames(of fields: [Field], at step: Step) throws(PrepError) {
    do throws(PrepError) {
      _ = try arranged(fields, selected: [])
    } catch {
      if error.code == .collision { throw error.located(at: step) }
    }
  }
}
