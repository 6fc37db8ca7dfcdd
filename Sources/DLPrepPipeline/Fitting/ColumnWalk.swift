import DLPrepData

/// One column on its way through a run of column steps.
///
/// Where a step's selector admits it, it is fitted and goes on as what came of it. No step waits for
/// another column.
struct ColumnWalk {
  private let steps: StepRun
  private let context: FitContext
  private let watch: StopWatch

  /// The columns that are left, in table order.
  private(set) var columns: [TrainingColumn] = []
  /// What was fitted, with the step's position in the run.
  private(set) var entries: [(position: Int, entry: any FittedColumn)] = []
  /// The names that columns had, with the positions of the steps that they came to.
  private(set) var names: [(name: String, steps: Range<Int>)] = []
  /// The rows that steps took out, by step.
  private(set) var removed: [Int: RemovedRows] = [:]
  /// Rows that checks refused.
  private(set) var rejects: [RunContext.Failure] = []
  /// What was counted.
  private(set) var counts = LedgerCounts()
  /// What went wrong, with the position of the step.
  private(set) var failure: (step: Int, error: PrepError)?

  init(_ steps: StepRun, _ context: FitContext, _ watch: StopWatch = StopWatch(nil)) {
    self.watch = watch
    self.steps = steps
    self.context = context
  }

  /// Takes a column through all steps from the given one on.
  mutating func walk(_ column: TrainingColumn, from start: Int = 0) {
    var next = start
    while let position = steps.position(from: next, forColumn: column.field.name) {
      next = position + 1
      let (number, step) = steps[position]
      guard let selector = step.stage.columns else {
        fail(number, PrepError(.column, "expected columns:, found none").located(at: step))
        return
      }
      guard selector.admits(Answering(context, column).facts()) == true,
        !step.stage.isKeyed(by: column.field.name)
      else { continue }
      names.append((column.field.name, start..<next))
      do throws(PrepError) {
        let fit = ColumnFit(context: context, step: step, number: number)
        let result = try fit.run(column)
        entries.append((position, result.entry))
        counts.merge(result.counts)
        rejects += result.rejects
        add(result.removed, number)
        watch.lap(.learn, step: number)
        for made in result.made { walk(made, from: next) }
      } catch {
        fail(number, error)
      }
      return
    }
    names.append((column.field.name, start..<steps.count))
    columns.append(column)
  }

  private mutating func fail(_ step: Int, _ error: PrepError) {
    if let failure, failure.step <= step { return }
    failure = (step, error)
  }

  private mutating func add(_ rows: RemovedRows, _ number: Int) {
    guard rows.any else { return }
    removed[number] = removed[number]?.union(rows) ?? rows
  }
}
