import DLPrepData

extension Pipeline {
  /// What the lints find in the file alone, in the order of the file; what it silences is left out.
  public func lintFindings() -> [LintFinding] { lintFindings(nil) }

  /// What the lints find in the file, and in what a fit has shown.
  func lintFindings(_ evidence: LintEvidence?) -> [LintFinding] {
    let walk = LintWalk(self)
    var silences = Silences(self)
    let all = Lint.all.flatMap { lint in
      (lint.inFile?(walk) ?? []) + (evidence.flatMap { lint.inData?($0) } ?? [])
    }
    var findings = silences.heard(of: all)
    let looked = Lint.all.filter { evidence != nil || !$0.needsData }
    findings += silences.heard(
      of: silences.unused(among: looked.filter { $0.name != Lint.unusedIgnore.name }))
    findings += silences.unused(among: [.unusedIgnore])
    return findings.enumerated().sorted { a, b in
      func rank(_ finding: (offset: Int, element: LintFinding)) -> [Int] {
        let place = finding.element.problem.place
        return [place == nil ? 1 : 0, place?.line ?? 0, place?.column ?? 0, finding.offset]
      }
      return rank(a).lexicographicallyPrecedes(rank(b))
    }.map(\.element)
  }
}
