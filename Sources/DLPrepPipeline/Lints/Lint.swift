public import DLPrepData

/// One kind of mistake that a pipeline may hold although every word of it can be read: its name,
/// why it hurts, and how to find it.
///
/// `lints: {ignore: [NAME]}` silences it, at the top of the file or in a step.
public struct Lint: Sendable {
  /// How bad it is.
  public enum Severity: String, Sendable, CaseIterable {
    /// The pipeline can't be used: an error that nothing silences.
    case refused
    /// Most likely a mistake: `check` and every fit say so.
    case warning
    /// Worth a thought: only `check` says so.
    case note
  }

  /// The name in files and messages, in snake case.
  public let name: String
  /// How bad it is.
  public let severity: Severity
  /// One sentence on what it is.
  public let summary: String
  /// Why it hurts, in a few sentences.
  public let why: String
  /// A pipeline that has it.
  public let bad: String
  /// The same pipeline without it.
  public let good: String
  /// Finds it in what the file alone tells; nil where that isn't enough.
  let inFile: (@Sendable (LintWalk) -> [LintFinding])?
  /// Finds it in what a fit has shown; nil where the file is enough.
  let inData: (@Sendable (LintEvidence) -> [LintFinding])?

  /// Whether only data can tell.
  public var needsData: Bool { inData != nil }

  init(
    _ name: String, _ severity: Severity, _ summary: String, why: String, bad: String,
    good: String, inFile: (@Sendable (LintWalk) -> [LintFinding])? = nil,
    inData: (@Sendable (LintEvidence) -> [LintFinding])? = nil
  ) {
    self.name = name
    self.severity = severity
    self.summary = summary
    self.why = why
    self.bad = bad
    self.good = good
    self.inFile = inFile
    self.inData = inData
  }

  /// The class of errors that it is where it is refused.
  public var code: PrepError.Code { PrepError.Code(name, .usage) }

  /// The lint of that name.
  public static func named(_ name: String) -> Lint? { all.first { $0.name == name } }
}
