public import DLPrepData

/// What a kernel may know of the run, and where it reports: one per worker.
public final class RunContext {
  /// Whether the rows are those that were learned from.
  public enum Mode: Sendable {
    case training
    case serving
  }

  /// Whether the rows are those that were learned from.
  public var mode: Mode
  /// The fold of each row of the current block, for the foldings that were asked for.
  public package(set) var folds: [Folds: [UInt8]] = [:]
  /// What each row of the current block is told of others, for the questions that were asked.
  public package(set) var others: [Statistic: OtherTargets] = [:]
  /// The position of the step that runs.
  package var step = 0
  /// The column that the kernel works on.
  package var column = ""
  /// Rows found wrong in the current block, with the step that did.
  package private(set) var failures: [Failure] = []
  /// Rows that a check sends to the rejects.
  package private(set) var rejects: [Failure] = []
  /// How many rows checks sent to the rejects so far.
  package private(set) var rejectedRows = 0
  /// How many rows each step took out.
  package private(set) var dropped: [Int: Int] = [:]
  /// What was counted, by step, column and kind.
  package private(set) var counts: [Count: Int] = [:]

  /// A finding about one row.
  package struct Failure: Sendable {
    package var step: Int
    package var column: String
    package var row: Int
    package var record: Int
    package var code: PrepError.Code
    package var message: String
    package var hint: String?

    /// Adds what else is wrong with the same row.
    mutating func join(_ other: Failure) { message += "; in '\(other.column)': \(other.message)" }
  }

  /// Something that is counted: unseen categories, values made missing, failed checks.
  package struct Count: Hashable, Sendable {
    package var step: Int
    package var column: String
    package var kind: String
  }

  /// A run over training or serving rows.
  public init(_ mode: Mode) { self.mode = mode }

  /// Takes a row out of the block; a row is counted for the first step that does.
  public func drop(_ row: Int, of block: Block) {
    if remove(row, of: block) { dropped[step, default: 0] += 1 }
  }

  /// Sends a row to the rejects; where it is among them already, the message joins the first.
  public func reject(_ row: Int, of block: Block, _ code: PrepError.Code, _ message: String) {
    if remove(row, of: block) {
      rejects.append(failure(row, block, code, message, nil))
      rejectedRows += 1
    } else if let i = rejects.lastIndex(where: { $0.record == block.rows[row] }) {
      rejects[i].join(failure(row, block, code, message, nil))
    }
  }

  /// Says that the run can't go on because of a row; the first row of the lowest step is reported.
  public func fail(
    _ row: Int, of block: Block, _ code: PrepError.Code, _ message: String, hint: String? = nil
  ) {
    if let last = failures.last, last.step == step, last.column == column {
      guard block.rows[row] < last.record else { return }
      failures.removeLast()
    }
    failures.append(failure(row, block, code, message, hint))
  }

  /// Counts something worth a line at the end of the run, such as `unseen`.
  public func count(_ kind: String, _ amount: Int = 1) {
    if amount > 0 { counts[Count(step: step, column: column, kind: kind), default: 0] += amount }
  }

  /// The finding about the first row, of those the one of the first step.
  package var firstFailure: Failure? {
    failures.min { ($0.record, $0.step) < ($1.record, $1.step) }
  }

  /// Forgets the findings of the last block.
  package func startBlock() {
    failures.removeAll(keepingCapacity: true)
    rejects.removeAll(keepingCapacity: true)
  }

  private func remove(_ row: Int, of block: Block) -> Bool {
    if block.removed == nil { block.removed = Bitmap(count: block.count) }
    guard block.removed?[row] == false else { return false }
    block.removed?[row] = true
    return true
  }

  private func failure(
    _ row: Int, _ block: Block, _ code: PrepError.Code, _ message: String, _ hint: String?
  ) -> Failure {
    Failure(
      step: step, column: column, row: row, record: block.rows[row], code: code, message: message,
      hint: hint)
  }
}
