public import DLPrepData

/// A step after the fit: what it does to which columns.
public struct FittedStep: Sendable {
  /// The step's address.
  public let address: String
  /// The stage with its parameters.
  public let stage: any Stage
  /// Where the step stands in the pipeline file.
  public let place: Place?
  /// What it does.
  package let work: Work

  /// What a fitted step does.
  package enum Work: Sendable {
    /// Each column on its own, in table order.
    case columns([any FittedColumn])
    /// The chosen columns together.
    case block(any FittedBlock, columns: [String])
    /// Columns in the order of the rows.
    case sequence(any FittedSequence)
    /// Training rows are arranged, by the chosen columns; nothing is left to do.
    case rows(columns: [String])
    /// The columns that stay, in their order, each with its name before and after.
    case structure([(from: String, to: String)])
  }

  /// Whether it arranges columns, but chose none.
  package var isIdle = false

  /// What to say of a step that found no column to act on; nil where it has.
  package var idleness: String? {
    switch work {
    case .columns(let entries): guard entries.isEmpty else { return nil }
    case .sequence(let sequence): guard sequence.columns.isEmpty else { return nil }
    case .block, .rows: return nil
    case .structure: guard isIdle else { return nil }
    }
    let reason = stage.columns.map { ": nothing here answers to '\($0.text)'" } ?? ""
    return "step '\(address)' acts on no column\(reason)"
  }

  /// The columns it acts on.
  public var columns: [String] {
    switch work {
    case .columns(let entries): entries.map(\.column)
    case .block(_, let columns), .rows(let columns): columns
    case .sequence(let sequence): sequence.columns
    case .structure(let kept): kept.map(\.from)
    }
  }
}
