package import DLPrepData

/// One column through one step: ask until nothing is open, learn, then work on the training rows
/// as in training and on the test rows as in serving.
struct ColumnFit {
  let context: FitContext
  let step: Step
  let number: Int

  /// What came of the column.
  struct Result {
    var made: [TrainingColumn]
    var entry: any FittedColumn
    /// The rows that the step takes out, part by part.
    var removed: RemovedRows
    var counts: LedgerCounts
    var rejects: [RunContext.Failure]
  }

  func run(_ column: TrainingColumn) throws(PrepError) -> Result {
    guard let stage = step.stage as? any ColumnStage else {
      throw PrepError(.internal, "expected a column stage", step: step.address)
    }
    do throws(PrepError) {
      return try fit(stage, column)
    } catch {
      throw error.located(at: step)
    }
  }

  private func fit<S: ColumnStage>(_ stage: S, _ column: TrainingColumn) throws(PrepError) -> Result
  {
    guard stage.accepts(column.field) else {
      throw stage.refusal(of: column.field, accepts: stage.accepts)
    }
    try stage.requireTarget(context.supervision)
    let answering = Answering(context, column)
    var known = context.answers()
    while true {
      let open = stage.needs(column.field, known: known).filter { !known.has($0) }
      if open.isEmpty { break }
      try answering.answer(open, into: &known)
    }
    let learned: S.Learned
    do throws(PrepError) {
      learned = try stage.learned(from: known, for: column.field)
    } catch {
      var error = error
      if !error.message.contains(column.field.name) {
        error.message = "column '\(column.field.name)': " + error.message
      }
      throw error
    }
    let entry = LearnedColumn(
      stage: stage, column: column.field.name, role: column.field.role, learned: learned)
    return try work(stage, column, known, learned, entry)
  }

  private func work<S: ColumnStage>(
    _ stage: S, _ column: TrainingColumn, _ known: Answers, _ learned: S.Learned,
    _ entry: LearnedColumn<S>
  ) throws(PrepError) -> Result {
    let field = column.field
    let outputs = stage.outputs(for: field, learned)
    let fields = outputFields(of: outputs, from: field, by: stage, at: step.address)
    var layout = Layout()
    layout.append(field)
    var (slots, copyFrom) = layout.replace(
      at: 0, by: outputs, fields: fields, keepOriginal: stage.common.keepOriginal)
    slots.keys = stage.groupColumns.indices.map { layout.slots + $0 }
    let passes = ColumnPasses(
      context: context, column: column, slots: slots, copyFrom: copyFrom, width: layout.slots,
      step: number, stage: stage, learned: learned, known: known, hasWork: !outputs.isEmpty)
    let parts = try PassedParts(try passes.run(), of: context.rows)
    let made = fields.indices.map { parts.column($0, fields[$0]) }
    return Result(
      made: column.followed(by: made, keepsOriginal: stage.common.keepOriginal, step.address),
      entry: entry, removed: parts.removed, counts: parts.counts, rejects: parts.rejects)
  }
}

extension Stage {
  /// The error for a column of a type that a stage can't take.
  package func refusal(of field: Field, accepts: (Field) -> Bool) -> PrepError {
    let types: [DataType] = [
      .integer, .float, .bool, .category, .text, .date, .timestamp, .vector(width: nil),
    ]
    let taken = types.filter { accepts(Field("", $0)) }.map(\.name).joined(separator: ", ")
    return PrepError(
      .type, "expected a column of type \(taken), found '\(field.name)' of type \(field.type.name)",
      hint: "narrow columns:, or cast it before")
  }
}

extension PrepError {
  /// The same error with the step it happened in, and where the step says so.
  package func located(at step: Step) -> PrepError {
    var error = self
    error.step = error.step ?? step.address
    if error.record == nil {
      error.place =
        error.place ?? error.column.flatMap { step.places["map/\($0)"] } ?? step.places["columns"]
        ?? step.place
    }
    return error
  }
}

extension Answers {
  /// What the rows of a part are told of others.
  func others(part: Int) -> [Statistic: OtherTargets] {
    values.compactMapValues { if case .byOthers(let parts) = $0 { parts[part] } else { nil } }
  }

  /// The foldings that were asked for.
  var foldings: [Folds] {
    values.keys.compactMap {
      if case .byCategory(let folds, _) = $0 { folds } else { nil }
    }
  }
}
