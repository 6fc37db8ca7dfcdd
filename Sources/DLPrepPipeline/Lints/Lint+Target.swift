import DLPrepData

extension Lint {
  /// A step that knows the target of the rows it works on.
  static let supervisedWithoutFolds: Lint = Lint(
    "supervised_without_folds", .warning,
    "A step learns from the target of all rows, those that test the model among them.",
    why: """
      The target encoders work out of fold: what a training row gets has not seen its own target. A
      step such as select_k_best looks at every row it is given. Without split: these are all rows
      of the file, so that columns are chosen by the very answers that test the model later: even
      columns of pure chance then seem to tell something. A split keeps the test rows out.
      """,
    bad: """
      schema: {columns: {churned: {type: bool, role: target}}}
      steps:
        - select_k_best: {columns: numeric, k: 5}
      """,
    good: """
      schema: {columns: {churned: {type: bool, role: target}}}
      split: {method: hash, test: 0.2}
      steps:
        - select_k_best: {columns: numeric, k: 5}
      """
  ) { walk in
    guard walk.pipeline.split == nil, let target = walk.column(.target) else { return [] }
    return walk.pipeline.steps.indices.compactMap { number -> LintFinding? in
      guard walk.pipeline.steps[number].stage.learnsTarget else { return nil }
      return walk.finding(
        .supervisedWithoutFolds, in: number,
        "learns from the target '\(target.name)' of all rows, and no row is kept apart for testing",
        hint: "add split: {test: 0.2}, or silence this where the test rows are another file")
    }
  }
}

extension Stage {
  /// Whether it learns from the target of the rows that it works on, and serves what it learned.
  var learnsTarget: Bool {
    isSupervised && !purposes.contains(.shields) && !(self is any RowStage)
  }

  /// Whether it learns something of its columns' values.
  var learns: Bool { !purposes.isDisjoint(with: [.scales, .fills, .limits, .encodes]) }
}
