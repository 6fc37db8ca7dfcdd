import DLPrepData
import Synchronization

/// What all columns share while they walk through a run of steps.
final class FitContext: Sendable {
  let cache: ColumnCache
  let rows: TrainingRows
  let supervision: Supervision?
  let grouping: RowGrouping?
  let weights: RowWeights?
  let spare: SpareThreads
  private let spares = Mutex<[Column]>([])

  init(
    _ cache: ColumnCache, _ rows: TrainingRows, _ supervision: Supervision?,
    _ grouping: RowGrouping? = nil, _ weights: RowWeights? = nil,
    spare: SpareThreads = SpareThreads(0)
  ) {
    self.cache = cache
    self.rows = rows
    self.supervision = supervision
    self.grouping = grouping
    self.weights = weights
    self.spare = spare
  }

  /// A column that nobody uses, with the memory that it had before.
  func spareColumn() -> Column { spares.withLock { $0.popLast() } ?? Column() }

  /// Keeps a column's memory for the next one.
  func giveBack(_ column: Column) { spares.withLock { $0.append(column) } }

  /// What the engine knows before any question: the target, and whether rows have weights.
  func answers() -> Answers {
    var answers = Answers()
    answers.target = supervision?.target
    answers.hasWeights = weights != nil
    return answers
  }
}
