import DLPrepData

extension Lint {
  /// Statistics of all rows, where there is something to predict.
  static let noSplit: Lint = Lint(
    "no_split", .note,
    "There is a target, and no row is kept apart for testing.",
    why: """
      What the steps learn comes from every row of the file. If some of these rows test the model
      later, the features have seen them already, and the test is too kind. With split: the test rows
      stay out of every statistic. Where they are a file of their own, silence this.
      """,
    bad: """
      schema: {columns: {churned: {type: bool, role: target}}}
      steps:
        - standardize
      """,
    good: """
      schema: {columns: {churned: {type: bool, role: target}}}
      split: {method: hash, test: 0.2}
      steps:
        - standardize
      """
  ) { walk in
    guard walk.pipeline.split == nil, let target = walk.column(.target) else { return [] }
    let steps = walk.pipeline.steps
    // Of those a warning of its own is given.
    if steps.contains(where: \.stage.learnsTarget) { return [] }
    guard let learning = steps.first(where: { $0.stage.isSupervised || $0.stage.learns })
    else { return [] }
    return [
      LintFinding(
        .noSplit,
        "statistics such as those of step '\(learning.address)' come from all rows, and no row is "
          + "kept apart to test what predicts '\(target.name)'", at: target.place,
        hint: "add split: {test: 0.2}, or silence this where the test rows are another file")
    ]
  }

  /// Rows of one group on both sides.
  static let groupAcrossSplit: Lint = Lint(
    "group_across_split", .warning,
    "Rows of one group may be on both sides of the split.",
    why: """
      Rows that belong together (a household, a patient, a device) are alike. With some of them in
      the training part and some in the test part a model recognises the group instead of predicting,
      and the test is too kind.
      """,
    bad: """
      schema: {columns: {household: {role: group}}}
      split: {method: hash, test: 0.2}
      steps: [standardize]
      """,
    good: """
      schema: {columns: {household: {role: group}}}
      split: {method: hash, key: household, test: 0.2}
      steps: [standardize]
      """
  ) { walk in
    guard let split = walk.pipeline.split, split.method == .hash, let group = walk.column(.group),
      split.key != group.name
    else { return [] }
    return [
      LintFinding(
        .groupAcrossSplit, "rows with the same '\(group.name)' may be on both sides of the split",
        at: split.place, hint: "say key: \(group.name)")
    ]
  }

  /// Rows of one group in several folds.
  static let groupAcrossFolds: Lint = Lint(
    "group_across_folds", .warning,
    "An encoding is out of fold by row, though rows come in groups.",
    why: """
      A training row is encoded by the target of the other folds' rows. If rows of its own group are
      among them, and they mostly have the same target, the encoding gives the target away.
      """,
    bad: """
      schema: {columns: {household: {role: group}, churned: {type: bool, role: target}}}
      split: {method: hash, key: household, test: 0.2}
      steps:
        - target_encode: {columns: [country]}
      """,
    good: """
      schema: {columns: {household: {role: group}, churned: {type: bool, role: target}}}
      split: {method: hash, key: household, test: 0.2}
      steps:
        - target_encode: {columns: [country], fold_by: household}
      """
  ) { walk in
    guard let group = walk.column(.group) else { return [] }
    return walk.pipeline.steps.indices.compactMap { number -> LintFinding? in
      let stage = walk.pipeline.steps[number].stage
      guard stage.purposes.contains(.shields), stage.takesFoldKey, stage.keyColumns.isEmpty
      else { return nil }
      return walk.finding(
        .groupAcrossFolds, in: number,
        "rows with the same '\(group.name)' may be in several folds",
        hint: "say fold_by: \(group.name)")
    }
  }

  /// A random split of rows that follow each other in time.
  static let randomSplitOfTime: Lint = Lint(
    "random_split_of_time", .warning,
    "Rows that have a time are split by chance.",
    why: """
      With test rows between the training rows a model learns from the future of what it is tested
      on. In use there is no future to learn from, so the test is too kind.
      """,
    bad: """
      schema: {columns: {sold_on: {type: date, role: time}}}
      split: {method: hash, test: 0.2}
      steps: [standardize]
      """,
    good: """
      schema: {columns: {sold_on: {type: date, role: time}}}
      split: {method: time, test: 0.2}
      steps: [standardize]
      """
  ) { walk in
    guard let split = walk.pipeline.split, split.method == .hash, split.key == nil,
      let time = walk.column(.time)
    else { return [] }
    return [
      LintFinding(
        .randomSplitOfTime,
        "rows are split by chance, though '\(time.name)' says which came first",
        at: split.place, hint: "say method: time")
    ]
  }
}

extension Stage {
  /// Whether a key says which rows share a fold.
  fileprivate var takesFoldKey: Bool { Self.parameters.contains { $0.key == "fold_by" } }
}
