public import DLPrepData

extension Pipeline {
  /// The pipeline as a fitted one, where it has nothing to learn and no type to find out.
  ///
  /// It can then be applied to a stream without reading it twice. Nil where it has.
  ///
  /// Columns without a declared type pass as text. It is so only if every step names its columns
  /// without asking for facts or inferred types, takes text where it gets it, and asks nothing.
  public func stateless(for source: any TableSource) throws(PrepError) -> FittedPipeline? {
    guard split == nil else { return nil }
    var inputs: [InputColumn] = []
    var undeclared: Set<String> = []
    let types = try InputTypes(self, source)
    for (slot, var input) in types.inputs.enumerated() {
      if types.isGuess[slot] {
        input.type = .text
        input.isInferred = false
        undeclared.insert(input.name)
      }
      inputs.append(input)
    }
    var fields = inputs.map(\.field)
    var fitted: [FittedStep] = []
    for step in steps {
      guard let selector = step.stage.columns, !step.stage.isSupervised, !selector.needsData,
        !(selector.needsTypes && !undeclared.isEmpty)
      else { return nil }
      if let absence = selector.absences(among: fields, in: step).first { throw absence }
      let chosen = fields.indices.filter {
        selector.admits(ColumnFacts(field: fields[$0])) == true
      }
      guard let work = try step.stateless(&fields, chosen, undeclared) else { return nil }
      var entry = FittedStep(
        address: step.address, stage: step.stage, place: step.place, work: work)
      entry.isIdle = chosen.isEmpty
      fitted.append(entry)
    }
    return FittedPipeline(pipeline: self, inputs: inputs, steps: fitted)
  }
}

extension Step {
  /// What the step does where it has nothing to learn; nil where it has.
  fileprivate func stateless(
    _ fields: inout [Field], _ chosen: [Int], _ undeclared: Set<String>
  ) throws(PrepError) -> FittedStep.Work? {
    do throws(PrepError) {
      switch stage {
      case let stage as any ColumnStage:
        return try columns(stage, &fields, chosen, undeclared)
      case let stage as any BlockStage: return try block(stage, &fields, chosen)
      case let stage as any StructureStage:
        let kept = try stage.arranged(fields, selected: chosen)
        let work = FittedStep.Work.structure(
          kept.map { (from: fields[$0.index].name, to: $0.name) })
        fields = kept.map { index, name in
          var field = fields[index]
          field.name = name
          return field
        }
        return work
      default: return nil
      }
    } catch {
      throw error.located(at: self)
    }
  }

  private func columns<S: ColumnStage>(
    _ stage: S, _ fields: inout [Field], _ chosen: [Int], _ undeclared: Set<String>
  ) throws(PrepError) -> FittedStep.Work? {
    var entries: [any FittedColumn] = []
    var after: [Field] = []
    for (i, field) in fields.enumerated() {
      guard chosen.contains(i) else {
        after.append(field)
        continue
      }
      if stage.dependsOnTypes, undeclared.contains(field.sources.first ?? field.name) {
        return nil
      }
      guard stage.accepts(field) else {
        // Its type may turn out to be one that the stage takes.
        if undeclared.contains(field.sources.first ?? field.name) { return nil }
        throw stage.refusal(of: field)
      }
      guard stage.needs(field, known: Answers()).isEmpty else { return nil }
      let learned = try stage.learned(from: Answers(), for: field)
      entries.append(
        LearnedColumn(stage: stage, column: field.name, role: field.role, learned: learned))
      let made = outputFields(
        of: stage.outputs(for: field, learned), from: field, by: stage, at: address)
      after += (stage.common.keepOriginal ? [field] : []) + made
    }
    fields = after
    return .columns(entries)
  }

  private func block<S: BlockStage>(
    _ stage: S, _ fields: inout [Field], _ chosen: [Int]
  )
    throws(PrepError) -> FittedStep.Work?
  {
    guard S.Summary.self == NoSummary.self else { return nil }
    let own = chosen.map { fields[$0] }
    let fitted = try stage.fitted(to: stage.summary(of: own), own)
    fields += try stage.made(from: own, fitted)
    return .block(LearnedBlock(stage: stage, fitted: fitted), columns: own.map(\.name))
  }
}
