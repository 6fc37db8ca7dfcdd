extension Lint {
  /// A scaler before a step that fills what is missing.
  static let scaleBeforeImpute: Lint = Lint(
    "scale_before_impute", .warning,
    "Numbers are scaled before their missing values are filled.",
    why: """
      The scale is learned from the values that are there. What is filled in later changes mean and
      spread, so that the column no longer has the scale it was given; and a constant such as 0 no
      longer means 0. A step that compares rows by their distances, as impute_knn does by default, is
      an exception: it needs columns of one scale.
      """,
    bad: """
      steps:
        - standardize: {columns: numeric}
        - impute: {columns: numeric, strategy: median}
      """,
    good: """
      steps:
        - impute: {columns: numeric, strategy: median}
        - standardize: {columns: numeric}
      """
  ) { walk in
    walk.pairs(first: .scales, then: [.fills, .continues]).map { scaler, filler, columns in
      walk.finding(
        .scaleBeforeImpute, in: scaler,
        "scales \(columns.named ?? "columns") that step '\(walk.address(filler))' fills later",
        hint: "fill first: move it behind that step")
    }
  }

  /// A step that limits outliers behind a scaler.
  static let capAfterScale: Lint = Lint(
    "cap_after_scale", .warning,
    "Outliers are limited after the numbers were scaled.",
    why: """
      The scaler learns from the outliers: one slipped decimal point is enough to press all other
      values together. Limiting them later doesn't undo that.
      """,
    bad: """
      steps:
        - minmax_scale: {columns: numeric}
        - outliers: {columns: numeric, method: iqr, action: cap}
      """,
    good: """
      steps:
        - outliers: {columns: numeric, method: iqr, action: cap}
        - minmax_scale: {columns: numeric}
      """
  ) { walk in
    walk.pairs(first: .scales, then: .limits, reportingFirst: false).map {
      scaler, limiter, columns in
      walk.finding(
        .capAfterScale, in: limiter,
        "limits outliers of \(columns.named ?? "columns") that step "
          + "'\(walk.address(scaler))' has learned a scale with",
        hint: "move it before that step")
    }
  }

  /// Two scalers on one column.
  static let scaledTwice: Lint = Lint(
    "scaled_twice", .warning,
    "A column is scaled by two steps.",
    why: """
      The second scaler undoes the first: only its scale is left. Often both were meant for different
      columns, and a selector reaches too far.
      """,
    bad: """
      schema: {columns: {income: {type: float}}}
      steps:
        - robust_scale: {id: money, columns: [income]}
        - standardize: {columns: numeric}
      """,
    good: """
      schema: {columns: {income: {type: float}}}
      steps:
        - robust_scale: {id: money, columns: [income]}
        - standardize: {columns: numeric & !of(money)}
      """
  ) { walk in
    walk.pairs(first: .scales, then: .scales, reportingFirst: false).map { first, second, columns in
      walk.finding(
        .scaledTwice, in: second,
        "scales \(columns.named ?? "columns") that step '\(walk.address(first))' has scaled",
        hint: "leave those out: !of(\(walk.address(first)))")
    }
  }
}

extension LintWalk {
  /// The address of a step.
  func address(_ number: Int) -> String { pipeline.steps[number].address }

  /// Whether a step has one of these purposes, and doesn't want scales before it.
  private func acts(_ number: Int, _ wanted: Purposes) -> Bool {
    !purposes(number).isDisjoint(with: wanted) && !purposes(number).contains(.compares)
  }

  /// Pairs of steps with these purposes, the first before the second, that act on the same columns;
  /// one pair for each step that is reported.
  fileprivate func pairs(
    first: Purposes, then second: Purposes, reportingFirst: Bool = true
  ) -> [(first: Int, second: Int, columns: [LintColumn])] {
    var pairs: [(first: Int, second: Int, columns: [LintColumn])] = []
    for later in pipeline.steps.indices where acts(later, second) {
      for earlier in 0..<later where purposes(earlier).contains(first) {
        let columns = chosen[later].filter { $0.acts.contains(earlier) }
        let isKnown = pairs.contains {
          reportingFirst ? $0.first == earlier : $0.second == later
        }
        if !columns.isEmpty, !isKnown { pairs.append((earlier, later, columns)) }
      }
    }
    return pairs
  }
}
