public import DLPrepData

extension Pipeline {
  /// The pipeline as a fitted one, where it has nothing to learn and no type to find out.
  ///
  /// It can then be applied to a stream without reading it twice. Nil where it has; with
  /// `needsTypes` also where a column would pass as text because no step asks for its type.
  public func stateless(
    for source: any TableSource, needsTypes: Bool = false
  ) throws(PrepError) -> FittedPipeline? {
    guard split == nil else { return nil }
    var types = try InputTypes(self, source)
    if !needsTypes { types.readPassingAsText() }
    guard !types.hasGuesses else { return nil }
    var columns = types.inputs.map { StatelessColumn(field: $0.field) }
    var fitted: [FittedStep] = []
    for step in steps {
      guard let selector = step.stage.columns, !step.stage.isSupervised, !selector.needsData
      else { return nil }
      if let absence = selector.absences(among: columns.map(\.field), in: step).first {
        throw absence
      }
      let choice = ColumnChoice(selector)
      let chosen = columns.indices.filter {
        let column = columns[$0]
        if step.stage.replaces(column.field) { return true }
        return choice.admits(column.field) {
          ColumnFacts(field: column.field, actedOn: column.actedOn, madeBy: column.madeBy)
        } == true
      }
      guard let work = try step.stateless(&columns, chosen) else { return nil }
      var entry = FittedStep(
        address: step.address, stage: step.stage, place: step.place, work: work)
      entry.isIdle = chosen.isEmpty
      fitted.append(entry)
    }
    var pipeline = FittedPipeline(pipeline: self, inputs: types.inputs, steps: fitted)
    pipeline.isTraining = true
    return pipeline
  }
}

/// A column on its way through steps that learn nothing.
private struct StatelessColumn {
  var field: Field
  var actedOn: Set<String> = []
  var madeBy: Set<String> = []
}

extension Step {
  /// What the step does where it has nothing to learn; nil where it has.
  fileprivate func stateless(
    _ columns: inout [StatelessColumn], _ chosen: [Int]
  ) throws(PrepError) -> FittedStep.Work? {
    do throws(PrepError) {
      switch stage {
      case let stage as any ColumnStage: return try each(stage, &columns, chosen)
      case let stage as any BlockStage: return try block(stage, &columns, chosen)
      case let stage as any StructureStage:
        let kept = try stage.arranged(columns.map(\.field), selected: chosen)
        let work = FittedStep.Work.structure(
          kept.map { (from: columns[$0.index].field.name, to: $0.name) })
        columns = kept.map { index, name in
          var column = columns[index]
          column.field.name = name
          return column
        }
        return work
      default: return nil
      }
    } catch {
      throw error.located(at: self)
    }
  }

  private func each<S: ColumnStage>(
    _ stage: S, _ columns: inout [StatelessColumn], _ chosen: [Int]
  ) throws(PrepError) -> FittedStep.Work? {
    var entries: [any FittedColumn] = []
    var after: [StatelessColumn] = []
    let own = Set(chosen)
    for (i, column) in columns.enumerated() {
      guard own.contains(i) else {
        after.append(column)
        continue
      }
      let field = column.field
      guard stage.accepts(field) else {
        throw stage.refusal(of: field, accepts: stage.accepts)
      }
      guard stage.needs(field, known: Answers()).isEmpty else { return nil }
      let learned = try stage.learned(from: Answers(), for: field)
      entries.append(
        LearnedColumn(stage: stage, column: field.name, role: field.role, learned: learned))
      var original = column
      original.actedOn.insert(address)
      if stage.common.keepOriginal { after.append(original) }
      let outputs = stage.outputs(for: field, learned)
      for field in outputFields(of: outputs, from: field, by: stage, at: address) {
        var made = field.name == column.field.name ? original : StatelessColumn(field: field)
        made.field = field
        made.madeBy.insert(address)
        after.append(made)
      }
    }
    columns = after
    return .columns(entries)
  }

  private func block<S: BlockStage>(
    _ stage: S, _ columns: inout [StatelessColumn], _ chosen: [Int]
  ) throws(PrepError) -> FittedStep.Work? {
    guard S.Summary.self == NoSummary.self else { return nil }
    let own = chosen.map { columns[$0].field }
    for field in own where !stage.accepts(field) {
      throw stage.refusal(of: field, accepts: stage.accepts)
    }
    let fitted = try stage.fitted(to: stage.summary(of: own, target: nil), own)
    let fates = stage.fates(of: own, fitted)
    let made = try stage.made(from: own, fitted).map { $0.made(at: address) }
    var after: [StatelessColumn] = []
    let positions = Dictionary(
      zip(chosen, chosen.indices), uniquingKeysWith: { first, _ in first })
    for (i, column) in columns.enumerated() {
      guard let position = positions[i] else {
        after.append(column)
        continue
      }
      var original = column
      original.actedOn.insert(address)
      let fate = fates[position]
      if stage.common.keepOriginal && fate != .unchanged { after.append(original) }
      guard let field = changedField(column.field, fate, by: stage, at: address) else { continue }
      if fate != .unchanged {
        if field.name != column.field.name { (original.actedOn, original.madeBy) = ([], []) }
        original.field = field
        original.madeBy.insert(address)
      }
      after.append(original)
    }
    columns = after + made.map { StatelessColumn(field: $0, madeBy: [address]) }
    return .block(LearnedBlock(stage: stage, fitted: fitted), columns: own.map(\.name))
  }
}
