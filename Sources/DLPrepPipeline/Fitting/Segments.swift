import DLPrepData

/// A run of steps that columns walk through on their own, or one step that needs all of them.
enum Segment {
  case columns([(number: Int, step: Step)])
  case block(number: Int, step: Step)
  case structure(number: Int, step: Step)
  case sequence(number: Int, step: Step)
  case rows(number: Int, step: Step)

  /// Cuts a pipeline's steps: a barrier stands around steps across columns or rows, after a step
  /// that removes rows, and around a step that acts on the target or the weights or looks at key
  /// columns.
  static func cut(_ steps: [Step], fields: [Field]) -> [Segment] {
    let shared = fields.filter { $0.role == .target || $0.role == .weight }
    var segments: [Segment] = []
    var run: [(number: Int, step: Step)] = []
    func close() {
      if !run.isEmpty { segments.append(.columns(run)) }
      run = []
    }
    for (number, step) in steps.enumerated() {
      if step.stage is any BlockStage {
        close()
        segments.append(.block(number: number, step: step))
      } else if step.stage is any StructureStage {
        close()
        segments.append(.structure(number: number, step: step))
      } else if step.stage is any SequenceStage {
        close()
        segments.append(.sequence(number: number, step: step))
      } else if step.stage is any RowStage {
        close()
        segments.append(.rows(number: number, step: step))
      } else {
        // The key columns must stand as they are at the step.
        let hasKeys = !step.stage.groupColumns.isEmpty
        let actsOnShared = shared.contains { step.stage.columns?.reaches($0) ?? false }
        // Checks in a row see the same rows, so that every rule that a row breaks is recorded.
        let followsChecks = run.last?.step.stage.rejectsRows ?? false
        if actsOnShared || hasKeys || (followsChecks && !step.stage.rejectsRows) { close() }
        run.append((number, step))
        if actsOnShared || hasKeys || step.stage.removesRows { close() }
      }
    }
    close()
    return segments
  }
}

extension Selector {
  /// Whether it may reach a column that is no feature: by its name or its role.
  func reaches(_ field: Field) -> Bool {
    switch self {
    case .names(let names): names.contains(field.name)
    case .role(let role): role == field.role
    case .anyRole: true
    case .and(let a, let b), .or(let a, let b): a.reaches(field) || b.reaches(field)
    case .not(let inner): inner.reaches(field)
    case .type, .glob, .regex, .binary, .hasMissing, .missing, .cardinality, .of, .from, .all: false
    }
  }
}
