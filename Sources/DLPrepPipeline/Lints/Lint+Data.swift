import DLPrepData

extension Lint {
  /// A feature that says the same as the target.
  static let targetCopy: Lint = Lint(
    "target_copy", .warning,
    "A feature says the same as the target.",
    why: """
      A correlation beyond 0.999, or values that go one to one with the target's, mean that the answer
      stands among the features: the target in other words, in another unit, or written down after the
      fact. A model will look at nothing else, and fail where the column isn't known yet.
      """,
    bad: """
      schema: {columns: {survived: {type: bool, role: target}, alive: {type: category}}}
      split: {test: 0.2}
      steps:
        - one_hot: {columns: [alive]}
      """,
    good: """
      schema: {columns: {survived: {type: bool, role: target}, alive: {role: ignore}}}
      split: {test: 0.2}
      """,
    inData: { evidence in
      let target = evidence.pipeline.schema.columns.first { $0.role == .target }
      return evidence.copies.compactMap { copy -> LintFinding? in
        let heirs = evidence.output.filter {
          $0.role == .feature && $0.sources.contains(copy.column)
        }
        if heirs.isEmpty { return nil }
        let place = evidence.pipeline.schema[copy.column]?.place ?? target?.place
        return LintFinding(
          .targetCopy,
          "column '\(copy.column)' says the same as the target '\(target?.name ?? "")': "
            + copy.reason, at: place,
          hint: "give it role: ignore, unless it is known before the target is")
      }
    })

  /// An encoder on a category that is different in nearly every row.
  static let idLikeEncoded: Lint = Lint(
    "id_like_encoded", .warning,
    "A category that is different in nearly every row is encoded.",
    why: """
      A category teaches something if it comes back. Where nearly every row has its own, one-hot makes a
      component for each row, and other encodings only know the row itself: the model learns rows by
      heart, and every new row brings an unseen value.
      """,
    bad: """
      schema: {columns: {ticket: {type: category}}}
      steps:
        - one_hot: {columns: [ticket]}
      """,
    good: """
      schema: {columns: {ticket: {type: text, role: id}}}
      """,
    inData: { evidence in
      evidence.nearlyUnique.compactMap { suspect -> LintFinding? in
        let touching = evidence.columns.indices.filter { number in
          evidence.columns[number].contains { $0.utf8.elementsEqual(suspect.column.utf8) }
        }
        // A step between may have pooled or shortened the values: then there are fewer.
        let first = touching.first { number in
          !evidence.pipeline.steps[number].stage.leavesValues
        }
        guard let first, evidence.pipeline.steps[first].stage.purposes.contains(.encodes) else {
          return nil
        }
        let step = evidence.pipeline.steps[first]
        return LintFinding(
          .idLikeEncoded,
          "encodes column '\(suspect.column)', which has \(suspect.distinct) different values in "
            + "\(suspect.rows) rows", at: step.place(of: suspect.column, in: "columns"),
          hint: "give it role: id, pool rare values by group_rare, or take them apart first",
          step: (first, step.address))
      }
    })

  /// More columns than rows.
  static let wideOutput: Lint = Lint(
    "wide_output", .warning,
    "More columns come out than there are training rows.",
    why: """
      With as many features as rows, a model can fit any target, even a random one. Columns that were
      made of free text don't count here: they are nearly all zeros, and models for them are made for
      that.
      """,
    bad: """
      schema: {columns: {zip: {type: category}}}
      steps:
        - one_hot: {columns: [zip]}
      """,
    good: """
      schema: {columns: {zip: {type: category}}}
      steps:
        - group_rare: {columns: [zip], max_levels: 20}
        - one_hot: {columns: [zip]}
      """,
    inData: { evidence in
      let columns = evidence.output.filter { column in
        column.role == .feature && !column.sources.allSatisfy { evidence.texts.contains($0) }
      }
      let width = columns.reduce(0) { $0 + $1.width }
      guard width > evidence.rows, width >= 50,
        let widest = columns.max(by: { $0.width < $1.width })
      else { return [] }
      let number = widest.width > 1 ? evidence.step(widest.steps.last) : nil
      let step = number.map { (number: $0, address: evidence.pipeline.steps[$0].address) }
      let most = step == nil ? "" : ", \(widest.width) of them from '\(widest.name)'"
      return [
        LintFinding(
          .wideOutput,
          "\(width) columns come out\(most), but there are only \(evidence.rows) training rows",
          at: number.flatMap { evidence.pipeline.steps[$0].place },
          hint: "pool rare categories by group_rare, or set max_levels", step: step)
      ]
    })
}

extension Stage {
  /// Whether values come out of it as they went in, but for missing ones.
  fileprivate var leavesValues: Bool {
    !purposes.isDisjoint(with: [.fills, .continues])
      || ["check", "missing_indicator"].contains(type(of: self).name)
      || self is any RowStage || self is any StructureStage
  }
}
