import DLPrepData

extension Lint {
  /// A step that makes up or bends the target.
  static let targetInStep: Lint = Lint(
    "target_in_step", .warning,
    "A step fills, caps or encodes the target, or makes features of it.",
    why: """
      A selector by type never reaches the target, a name does. A target that was filled in is a label
      that nobody gave, a capped one is wrong, and classes are numbered by the writer of tensors, which
      lists them in the feature map. Rows without a target are better dropped. A feature that was made
      of the target gives it away, and can't be made where the target isn't known yet; a mean by
      groups of the other rows' targets is what target_encode gives.
      """,
    bad: """
      schema: {columns: {price: {type: float, role: target}}}
      split: {test: 0.2}
      steps:
        - impute: {columns: [area, price]}
      """,
    good: """
      schema: {columns: {price: {type: float, role: target}}}
      split: {test: 0.2}
      steps:
        - drop_missing: {columns: [price]}
        - impute: {columns: [area]}
      """
  ) { walk in
    walk.touching(.target, [.fills, .continues, .limits, .encodes, .combines]).map { number, name in
      let combines = walk.purposes(number).contains(.combines)
      let place = walk.pipeline.steps[number].place(of: name, in: "columns")
      if combines {
        return walk.finding(
          .targetInStep, in: number, "makes features of the target '\(name)'", at: place,
          hint: "leave it out; target_encode makes means of it that don't give it away")
      }
      return walk.finding(
        .targetInStep, in: number, "changes the target '\(name)' by what it has learned", at: place,
        hint: "leave it out; drop_missing drops rows without a target")
    }
  }

  /// A step that learns from an id.
  static let idInStep: Lint = Lint(
    "id_in_step", .warning,
    "A step learns from a column with role id.",
    why: """
      An id says which row it is. Its mean or its categories mean nothing, no row that the model will
      see has the same one, and it never becomes a feature: the step is work for nothing.
      """,
    bad: """
      schema: {columns: {customer: {type: integer, role: id}}}
      steps:
        - standardize: {columns: [customer, age]}
      """,
    good: """
      schema: {columns: {customer: {type: integer, role: id}}}
      steps:
        - standardize: {columns: [age]}
      """
  ) { walk in
    walk.touching(.id, [.fills, .limits, .encodes, .scales]).map { number, name in
      walk.finding(
        .idInStep, in: number, "learns from '\(name)', which has role id",
        at: walk.pipeline.steps[number].place(of: name, in: "columns"),
        hint: "leave it out, or give it another role")
    }
  }
}

extension LintWalk {
  /// The steps with any of these purposes that act on a column of a role.
  fileprivate func touching(
    _ role: Role, _ purposes: Purposes
  ) -> [(number: Int, name: String)] {
    pipeline.steps.indices.compactMap { number in
      guard !self.purposes(number).isDisjoint(with: purposes) else { return nil }
      return chosen[number].first { $0.field.role == role }.map { (number, $0.field.name) }
    }
  }
}
