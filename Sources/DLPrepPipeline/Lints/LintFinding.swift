public import DLPrepData

/// A mistake that a lint has found, and where.
public struct LintFinding: Sendable, Equatable {
  /// The name of the lint.
  public let name: String
  /// How bad it is.
  public let severity: Lint.Severity
  /// What is wrong, where, and what to do about it.
  public let problem: PrepError
  /// The number of the step it was found in.
  let step: Int?

  init(
    _ lint: Lint, _ message: String, at place: Place?, hint: String? = nil,
    step: (number: Int, address: String)? = nil
  ) {
    name = lint.name
    severity = lint.severity
    self.step = step?.number
    problem = PrepError(lint.code, message, at: place, hint: hint, step: step?.address)
  }
}

extension LintFinding: CustomStringConvertible {
  /// `FILE:LINE:COLUMN: name: text; hint`, on one line.
  public var description: String { problem.description }
}

extension LintWalk {
  /// A finding in a step, at the place of one of its keys.
  func finding(
    _ lint: Lint, in number: Int, _ message: String, at place: Place? = nil, hint: String? = nil
  ) -> LintFinding {
    let step = pipeline.steps[number]
    return LintFinding(
      lint, message, at: place ?? step.place, hint: hint, step: (number, step.address))
  }
}
