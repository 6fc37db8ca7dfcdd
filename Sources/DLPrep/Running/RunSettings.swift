/// How a run goes, and what it writes beside its result.
public struct RunSettings: Sendable {
  /// What is said on the way.
  public enum Message: Sendable, Equatable {
    /// A fact worth knowing.
    case note(String)
    /// Something that may be wrong.
    case warning(String)
    /// What a lint has found in the pipeline that learns.
    case lint(LintFinding)
  }

  /// Threads, memory, the part of the rows that is written, progress.
  public var run = RunOptions()
  /// What the input is; nil: as its name or content says.
  public var from: Format?
  /// What the result is written as; nil: as its name says.
  public var to: Format?
  /// The file for refused records.
  public var rejects: String?
  /// The file for the account of all records.
  public var ledger: String?
  /// Files that were read before the run, as the pipeline: no output may take their place.
  public var sources: [String] = []
  /// Whether a pipeline that has to learn is refused.
  public var isFrozen = false
  /// Whether standard output gets nothing before the run has succeeded.
  public var spools = false
  /// Takes what is said on the way.
  public var tell: @Sendable (Message) -> Void = { _ in }

  /// The defaults of the library: one thread, nothing beside the result.
  public init() {}
}
