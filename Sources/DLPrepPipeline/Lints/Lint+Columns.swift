import DLPrepData

extension Lint {
  /// Rows that serving loses.
  static let rowsDroppedAtApply: Lint = Lint(
    "rows_dropped_at_apply", .note,
    "A step takes rows out of every table that the fitted pipeline is applied to.",
    why: """
      Whoever sends a thousand rows expects a thousand predictions. With when: always some are missing,
      and the rest no longer lie beside the rows that were sent, unless an id goes with them. With
      when: fit only training rows are taken out.
      """,
    bad: """
      steps:
        - filter: {where: age >= 18, when: always}
      """,
    good: """
      steps:
        - filter: {where: age >= 18, when: fit}
      """
  ) { walk in
    walk.pipeline.steps.indices.compactMap { number -> LintFinding? in
      let step = walk.pipeline.steps[number]
      guard step.stage.removesRows, step.stage.when == .always else { return nil }
      return walk.finding(
        .rowsDroppedAtApply, in: number, "takes rows out of every table, not only in training",
        at: step.place(in: "when"), hint: "say when: fit, if predictions must line up with rows")
    }
  }

  /// A column that is made or read for nothing.
  static let unusedColumn: Lint = Lint(
    "unused_column", .warning,
    "A column is read or made, then dropped, and no step has used it.",
    why: """
      Reading a column costs time and memory, and its type has to fit. With role: ignore it is skipped.
      A column that a step makes for nothing is often the sign of a wrong name further down.
      """,
    bad: """
      schema: {columns: {comment: {type: text}}}
      steps:
        - drop: {columns: [comment]}
      """,
    good: """
      schema: {columns: {comment: {role: ignore}}}
      """
  ) { walk in
    let pipeline = walk.pipeline
    let elsewhere = pipeline.output.passthrough + [pipeline.split?.key].compactMap(\.self)
    let keys = elsewhere + pipeline.steps.flatMap(\.stage.keyColumns)
    return walk.dropped.indices.flatMap { number in
      walk.dropped[number].filter { column in
        !column.isUsed && !column.isProbe && column.field.role == .feature
          && !keys.contains { $0.utf8.elementsEqual(column.field.name.utf8) }
      }.map { column in
        let name = column.field.name
        let maker = column.madeBy.map { "made by step '\(walk.address($0))'" } ?? "read"
        return walk.finding(
          .unusedColumn, in: number, "column '\(name)' is \(maker), then dropped unused",
          at: pipeline.steps[number].place(of: name, in: "columns"),
          hint: column.madeBy == nil ? "give it role: ignore in schema" : "leave it out there")
      }
    }
  }

  /// A lint that is silenced and never speaks.
  static let unusedIgnore: Lint = Lint(
    "unused_ignore", .warning,
    "A lint is silenced that finds nothing there.",
    why: """
      What was silenced has been mended, or never was there. Left in the file, it would hide the same
      mistake when it comes back.
      """,
    bad: """
      lints: {ignore: [scale_before_impute]}
      steps:
        - impute
        - standardize
      """,
    good: """
      steps:
        - impute
        - standardize
      """)
}
