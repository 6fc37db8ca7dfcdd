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
    let serving = stage.kernel(learned, for: field, slots)
    let special = stage.trainingKernel(learned, known, for: field, slots)
    let training = special ?? serving

    var passage = ColumnPassage(
      context, slots, copyFrom: copyFrom, width: layout.slots,
      keepsOriginal: stage.common.keepOriginal)
    let run = RunContext(.training)
    run.step = number
    run.column = field.sources.first ?? field.name
    let folds = known.foldings
    let hasWork = !outputs.isEmpty
    let (input, width) = (slots, layout.slots)
    func again(_ mode: RunContext.Mode) -> DeferredWork? {
      guard input.outputs.contains(0), input.input == 0, input.keys.isEmpty else { return nil }
      return DeferredWork(mode, step: number, width: width) {
        stage.kernel(learned, for: field, input)
      }
    }
    // What depends on other rows, as an encoding out of fold does, is kept as it is.
    let trainingAgain = special == nil && folds.isEmpty ? again(.training) : nil
    let servingAgain = again(.serving)
    for (part, rows) in context.rows.train.enumerated() {
      run.folds = try context.supervision?.folds(folds, part: part) ?? [:]
      run.others = known.others(part: part)
      try passage.pass(
        column.train[part], rows, keys: context.grouping?.train[part] ?? [], run,
        hasWork ? training : nil, again: trainingAgain)
      passage.endTraining()
    }
    run.mode = .serving
    run.folds = [:]
    run.others = [:]
    for (part, rows) in context.rows.test.enumerated() {
      let acts = hasWork && stage.when == .always
      try passage.pass(
        column.test[part], rows, keys: context.grouping?.test[part] ?? [], run,
        acts ? serving : nil, again: servingAgain)
      passage.endTest()
    }
    if let failure = run.firstFailure {
      throw PrepError(
        failure.code, failure.message, hint: failure.hint, record: failure.record,
        column: failure.column)
    }
    var counts = LedgerCounts()
    counts.add(run)
    // A row may be taken out for several columns: the fit counts rows, not findings.
    counts.dropped = [:]
    counts.rejected = 0
    return Result(
      made: passage.columns(column, fields, step.address),
      entry: entry, removed: passage.removed, counts: counts, rejects: run.rejects)
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
