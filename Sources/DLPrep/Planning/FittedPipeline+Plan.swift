extension FittedPipeline {
  /// What it does, exactly.
  public func planned() throws(PrepError) -> PlannedPipeline {
    var plan = PlannedPipeline()
    plan.inputs = inputs.map { PlannedPipeline.Column($0.field) }
    var table = PlannedTable(plan.inputs)
    for step in steps {
      let near = table.positions(near: step)
      let before = near.map { table.columns[$0] }
      var layout = Layout()
      for column in before { layout.append(column.field) }
      let opened = try OpenPlan([step], from: layout, isTraining: isTraining)
      let after = opened.layout.columns.map { PlannedPipeline.Column($0.field) }
      let columns = Set(step.isStructure ? [] : step.columns)
      plan.add(
        step.address, step.stage, actsOn: before.filter { columns.contains($0.field.name) },
        before: before, after: after, hasWeights: table.hasWeights)
      try table.replace(near, by: after, step, isTraining: isTraining)
    }
    plan.output = table.columns.filter { $0.field.role != .ignore }
    return plan
  }
}

/// The columns between two steps: a step that works on a few doesn't go through all.
private struct PlannedTable {
  private(set) var columns: [PlannedPipeline.Column]
  private(set) var hasWeights = false
  private var names = NamePositions()

  init(_ columns: [PlannedPipeline.Column]) {
    self.columns = columns
    index()
  }

  private mutating func index() {
    names = NamePositions(columns.map(\.field.name))
    hasWeights = columns.contains { $0.field.role == .weight }
  }

  /// Where the columns stand that a step works on; all where it may have to do with others.
  func positions(near step: FittedStep) -> [Int] {
    guard case .columns = step.work else { return Array(columns.indices) }
    let near = step.columns + step.stage.groupColumns
    return Set(near.compactMap { names[$0] }).sorted()
  }

  /// Puts what a step made of columns in their places.
  mutating func replace(
    _ near: [Int], by after: [PlannedPipeline.Column], _ step: FittedStep, isTraining: Bool
  ) throws(PrepError) {
    let areNamedAlike = near.elementsEqual(after) {
      columns[$0].field.name.utf8.elementsEqual($1.field.name.utf8)
    }
    if areNamedAlike {
      for (position, column) in zip(near, after) { columns[position] = column }
      return
    }
    if near.count == columns.count {
      columns = after
    } else {
      var layout = Layout()
      for column in columns { layout.append(column.field) }
      let opened = try OpenPlan([step], from: layout, isTraining: isTraining)
      columns = opened.layout.columns.map { PlannedPipeline.Column($0.field) }
    }
    index()
  }
}

extension FittedStep {
  /// Whether it only arranges columns.
  fileprivate var isStructure: Bool { if case .structure = work { true } else { false } }
}
