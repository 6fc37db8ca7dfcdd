import DLPrepData

/// All parts of one column through what a step has learned: the training rows as in training, the
/// test rows as in serving, on every thread that is spare.
struct ColumnPasses<S: ColumnStage>: Sendable {
  let context: FitContext
  let column: TrainingColumn
  let slots: Slots
  let copyFrom: Int?
  let width: Int
  let step: Int
  let stage: S
  let learned: S.Learned
  let known: Answers
  /// Whether anything becomes of the column.
  let hasWork: Bool

  /// One thread's kernels, and what came of the parts that it took.
  private struct Worker {
    let passage: ColumnPassage
    let training: Kernel?
    let serving: Kernel?
    var passed: [Passed] = []
  }

  /// What came of each part, in no order.
  func run() throws(PrepError) -> [Passed] {
    let folds = known.foldings
    // What depends on other rows, as an encoding out of fold does, is kept as it is.
    let isPlain =
      folds.isEmpty && stage.trainingKernel(learned, known, for: column.field, slots) == nil
    let again = (training: isPlain ? again(.training) : nil, serving: again(.serving))
    // Without test rows, what is worked on in place has nothing to show for them.
    let isDone = slots.outputs == [0] && !context.rows.hasTests
    let parts = column.train.count + (isDone ? 0 : column.test.count)
    let workers = try context.spare.share(parts) {
      open()
    } _: { worker, part throws(PrepError) in
      worker.passed.append(try pass(part, worker, folds, again))
    }
    let passed = workers.flatMap(\.passed)
    return isDone ? passed + unworked(from: parts) : passed
  }

  /// The test parts as they stand.
  private func unworked(from first: Int) -> [Passed] {
    let run = RunContext(.serving)
    return column.test.enumerated().map { test, part in
      Passed(part: first + test, columns: [part], removed: nil, run: run)
    }
  }

  private func open() -> Worker {
    let passage = ColumnPassage(
      context, slots, copyFrom: copyFrom, width: width, keepsOriginal: stage.common.keepOriginal)
    guard hasWork else { return Worker(passage: passage, training: nil, serving: nil) }
    let serving = stage.kernel(learned, for: column.field, slots)
    let training = stage.trainingKernel(learned, known, for: column.field, slots)
    return Worker(
      passage: passage, training: training ?? serving,
      serving: stage.when == .always ? serving : nil)
  }

  private func pass(
    _ part: Int, _ worker: Worker, _ folds: [Folds],
    _ again: (training: DeferredWork?, serving: DeferredWork?)
  ) throws(PrepError) -> Passed {
    let isTraining = part < column.train.count
    let run = RunContext(isTraining ? .training : .serving)
    run.step = step
    run.column = column.field.sources.first ?? column.field.name
    if isTraining {
      run.folds = try context.supervision?.folds(folds, part: part) ?? [:]
      run.others = known.others(part: part)
      let (made, removed) = try worker.passage.pass(
        column.train[part], context.rows.train[part],
        keys: context.grouping?.train[part] ?? [], run, worker.training, again: again.training)
      return Passed(part: part, columns: made, removed: removed, run: run)
    }
    let test = part - column.train.count
    let (made, removed) = try worker.passage.pass(
      column.test[test], context.rows.test[test], keys: context.grouping?.test[test] ?? [], run,
      worker.serving, again: again.serving)
    return Passed(part: part, columns: made, removed: removed, run: run)
  }

  /// The same work once more, where a column can do it on its own.
  private func again(_ mode: RunContext.Mode) -> DeferredWork? {
    guard slots.outputs.contains(0), slots.input == 0, slots.keys.isEmpty else { return nil }
    return DeferredWork(mode, step: step, width: width) {
      stage.kernel(learned, for: column.field, slots)
    }
  }
}
