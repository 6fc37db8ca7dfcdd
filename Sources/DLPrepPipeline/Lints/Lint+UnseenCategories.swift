import DLPrepData

extension Lint {
  /// `drop` beside a policy that makes all zeros.
  public static let dropAndIgnore: Lint = Lint(
    "drop_and_ignore", .refused,
    "One-hot leaves a component out, and unseen or missing values get none either.",
    why: """
      With drop: first the first category is the row of zeros. With unknown: ignore an unseen one is
      the row of zeros, too: a model can't tell them apart, and takes one for the other.
      """,
    bad: """
      steps:
        - one_hot: {columns: [city], drop: first, unknown: ignore}
      """,
    good: """
      steps:
        - one_hot: {columns: [city], unknown: ignore}
      """)

  /// `drop: first` where nothing is said of unseen values.
  static let dropFirstUnknown: Lint = Lint(
    "drop_first_unknown", .warning,
    "One-hot leaves the first category out, so an unseen one looks like it.",
    why: """
      The first category is the row of zeros. A category that the training rows don't have gets no
      component, so it is the row of zeros as well: the model takes it for the first one. Pooling
      rare categories gives unseen ones a place of their own; unknown: error refuses them.
      """,
    bad: """
      steps:
        - one_hot: {columns: [city], drop: first}
      """,
    good: """
      steps:
        - group_rare: {columns: [city], min_count: 10}
        - one_hot: {columns: [city], drop: first}
      """
  ) { walk in
    walk.pipeline.steps.indices.compactMap { number -> LintFinding? in
      let step = walk.pipeline.steps[number]
      guard step.stage.dropsFirst, [nil, .other].contains(step.stage.common.unknown) else {
        return nil
      }
      let pools = walk.pipeline.steps.indices.filter {
        type(of: walk.pipeline.steps[$0].stage).name == "group_rare"
      }
      let open = walk.chosen[number].filter { column in
        !column.acts.contains { pools.contains($0) }
      }
      if open.isEmpty { return nil }
      return walk.finding(
        .dropFirstUnknown, in: number,
        "an unseen category of \(open.named ?? "a column") is all zeros, as the first one is",
        at: step.place(in: "drop"),
        hint: "pool rare ones before it by group_rare, or say unknown: error")
    }
  }
}

extension Stage {
  /// Whether it is a `one_hot` that leaves out the first category and pools none.
  fileprivate var dropsFirst: Bool {
    guard type(of: self).name == "one_hot", case .scalar("first", _, _)? = node["drop"] else {
      return false
    }
    return node["max_levels"] == nil
  }
}
