extension FittedPipeline {
  /// What it does, exactly.
  public func planned() throws(PrepError) -> PlannedPipeline {
    var plan = PlannedPipeline()
    var layout = Layout()
    for input in inputs { layout.append(input.field) }
    plan.inputs = inputs.map { PlannedPipeline.Column($0.field) }
    var before = plan.inputs
    for step in steps {
      layout = try OpenPlan([step], from: layout, isTraining: isTraining).layout
      let after = layout.columns.map { PlannedPipeline.Column($0.field) }
      let columns = Set(step.isStructure ? [] : step.columns)
      let actsOn = before.filter { columns.contains($0.field.name) }
      plan.add(step.address, step.stage, actsOn: actsOn, before: before, after: after)
      before = after
    }
    plan.output = before.filter { $0.field.role != .ignore }
    return plan
  }
}

extension FittedStep {
  /// Whether it only arranges columns.
  fileprivate var isStructure: Bool { if case .structure = work { true } else { false } }
}
