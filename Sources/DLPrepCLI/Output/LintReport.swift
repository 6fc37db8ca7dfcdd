import DLPrep
import Synchronization

/// What the lints have found during a check, and what is made of it.
final class LintReport: Sendable {
  private let found = Mutex<[LintFinding]>([])
  private let isQuiet: Bool

  /// A report that prints findings as they come, unless it is quiet.
  init(isQuiet: Bool) { self.isQuiet = isQuiet }

  /// Takes a finding down; warnings that are to be errors are said at the end.
  func add(_ finding: LintFinding, isStrict: Bool) {
    found.withLock { $0.append(finding) }
    if isQuiet || isStrict && finding.severity == .warning { return }
    Console.say("\(finding.severity.rawValue): \(finding)")
  }

  /// How many there are, for the end of a line: `, 2 warnings`.
  var counts: String {
    let all = found.withLock { $0 }
    return [Lint.Severity.warning, .note].map { severity in
      let count = all.count { $0.severity == severity }
      return count == 0 ? "" : ", \(counted(count, severity.rawValue))"
    }.joined()
  }

  /// The warnings as errors.
  func throwWarnings() throws(PrepErrors) {
    let warnings = found.withLock { $0 }.filter { $0.severity == .warning }
    if !warnings.isEmpty { throw PrepErrors(warnings.map(\.problem)) }
  }
}
