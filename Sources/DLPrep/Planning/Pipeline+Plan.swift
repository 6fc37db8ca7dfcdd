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
        columns = try step.planned(on: columns, actsOn, isOpen: plan.isOpen)
      } catch {
        errors.append(error)
      }
      plan.add(
        step.address, step.stage, actsOn: actsOn, before: before, after: columns,
        hasWeights: before.contains { $0.field.role == .weight })
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
      guard admits != false, !stage.isKeyed(by: column.field.name) else { return nil }
      var chosen = column
      chosen.isSure = column.isSure && admits == true
      return chosen
    }
  }

  /// The columns after the step.
  fileprivate func planned(
    on columns: [PlannedPipeline.Column], _ chosen: [PlannedPipeline.Column], isOpen: Bool
  ) throws(PrepError) -> [PlannedPipeline.Column] {
    switch stage {
    case let stage as any ColumnStage: return try planned(stage, columns, chosen)
    case let stage as any ExpressionStage:
      do throws(PrepError) {
        return try planned(stage, columns, isOpen)
      } catch {
        throw error.located(at: self)
      }
    case let stage as any SequenceStage:
      return try planned(stage, columns, chosen, stage.accepts, stage.outputs) { _ in false }
    case let stage as any BlockStage: return try planned(stage, columns, chosen)
    case let stage as any StructureStage:
      let sure = Set(chosen.filter(\.isSure).map(\.field.name))
      let selected = columns.indices.filter { sure.contains(columns[$0].field.name) }
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

  private func planned<S: ExpressionStage>(
    _ stage: S, _ columns: [PlannedPipeline.Column], _ isOpen: Bool
  ) throws(PrepError) -> [PlannedPipeline.Column] {
    var scope = ExpressionScope()
    scope.isOpen = isOpen || columns.contains { !$0.isSure }
    for column in columns {
      if column.isTypeKnown && column.isSure {
        scope.append(column.field)
      } else {
        scope.append(untyped: column.field.name)
      }
    }
    var after = columns
    var positions = NamePositions(columns.map(\.field.name))
    for (field, isKnown) in try stage.plannedFields(scope) {
      let made = PlannedPipeline.Column(field, isTypeKnown: isKnown)
      if let i = positions[field.name] {
        after[i] = made
        after[i].field.role = i < columns.count ? columns[i].field.role : .feature
      } else {
        positions[field.name] = after.count
        after.append(made)
      }
    }
    return after
  }

  private func planned<S: ColumnStage>(
    _ stage: S, _ columns: [PlannedPipeline.Column], _ chosen: [PlannedPipeline.Column]
  ) throws(PrepError) -> [PlannedPipeline.Column] {
    // Whether a stage that learns adds a column, such as an indicator, is for the data to say.
    let outputs = { stage.outputs(for: $0, nil) }
    return try planned(stage, columns, chosen, stage.accepts, outputs) {
      !stage.needs($0, known: Answers()).isEmpty
    }
  }

  private func planned(
    _ stage: any Stage, _ columns: [PlannedPipeline.Column], _ chosen: [PlannedPipeline.Column],
    _ accepts: (Field) -> Bool, _ outputs: (Field) -> [Output], learns: (Field) -> Bool
  ) throws(PrepError) -> [PlannedPipeline.Column] {
    var after: [PlannedPipeline.Column] = []
    let positions = NamePositions(chosen.map(\.field.name))
    for column in columns {
      guard let own = positions[column.field.name].map({ chosen[$0] }) else {
        after.append(column)
        continue
      }
      guard own.isSure, own.isTypeKnown else {
        after.append(PlannedPipeline.Column(column.field, isTypeKnown: false, isSure: false))
        continue
      }
      guard accepts(column.field) else {
        throw stage.refusal(of: column.field, accepts: accepts).located(at: self)
      }
      if stage.common.keepOriginal { after.append(column) }
      let outputs = outputs(column.field)
      let fields = outputFields(of: outputs, from: column.field, by: stage, at: address)
      let learns = learns(column.field)
      after += zip(fields, outputs).map { field, output in
        PlannedPipeline.Column(field, isSure: output.value == nil || !learns)
      }
    }
    return after
  }

  /// The columns after a stage that looks at all of its columns together.
  private func planned<S: BlockStage>(
    _ stage: S, _ columns: [PlannedPipeline.Column], _ chosen: [PlannedPipeline.Column]
  ) throws(PrepError) -> [PlannedPipeline.Column] {
    let fields = chosen.filter { $0.isSure && $0.isTypeKnown }.map(\.field)
    for field in fields where !stage.accepts(field) {
      throw stage.refusal(of: field, accepts: stage.accepts).located(at: self)
    }
    let fates = Dictionary(
      zip(fields.map(\.name), stage.fates(of: fields, nil)), uniquingKeysWith: { a, _ in a })
    let isChosen = Set(chosen.map(\.field.name))
    var after: [PlannedPipeline.Column] = []
    for column in columns {
      guard isChosen.contains(column.field.name) else {
        after.append(column)
        continue
      }
      // Of one that is only perhaps chosen, nothing is known that the stage may change.
      guard let fate = fates[column.field.name] else {
        let own = stage.fates(of: [column.field], nil).first
        let stays = own == .unchanged
        after.append(
          PlannedPipeline.Column(
            column.field, isTypeKnown: stays && column.isTypeKnown,
            isSure: stays && column.isSure))
        continue
      }
      if stage.common.keepOriginal, fate != .unchanged { after.append(column) }
      if fate == .undecided {
        if !stage.common.keepOriginal {
          after.append(PlannedPipeline.Column(column.field, isSure: false))
        }
      } else if let field = changedField(column.field, fate, by: stage, at: address) {
        after.append(fate == .unchanged ? column : PlannedPipeline.Column(field))
      }
    }
    let isSure = fields.count == chosen.count
    do throws(PrepError) {
      return after
        + (try stage.made(from: fields, nil)).map { field in
          var field = field
          field.steps.append(address)
          return PlannedPipeline.Column(field, isSure: isSure)
        }
    } catch {
      throw error.located(at: self)
    }
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
