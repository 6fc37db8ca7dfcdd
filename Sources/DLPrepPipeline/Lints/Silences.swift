import DLPrepData

/// The lints that a pipeline file silences, and which of them had something to silence.
struct Silences {
  private let pipeline: Pipeline
  private var used: Set<Key> = []

  private struct Key: Hashable {
    var step: Int?
    var name: String
  }

  init(_ pipeline: Pipeline) { self.pipeline = pipeline }

  /// The findings that aren't silenced.
  mutating func heard(of findings: [LintFinding]) -> [LintFinding] {
    findings.filter { finding in
      if finding.severity == .refused { return true }
      let own = finding.step.flatMap { pipeline.steps[$0].stage.common.lints }
      if own?.ignores(finding.name) == true {
        used.insert(Key(step: finding.step, name: finding.name))
        return false
      }
      guard pipeline.lints.ignores(finding.name) else { return true }
      used.insert(Key(step: nil, name: finding.name))
      return false
    }
  }

  /// What is silenced in vain, among the lints that have been looked for.
  func unused(among looked: [Lint]) -> [LintFinding] {
    var found: [LintFinding] = []
    func add(_ options: LintOptions?, _ step: Int?) {
      for entry in options?.ignore ?? [] where !used.contains(Key(step: step, name: entry.text)) {
        guard looked.contains(where: { $0.name == entry.text }) else { continue }
        let owner = step.map { (number: $0, address: pipeline.steps[$0].address) }
        found.append(
          LintFinding(
            .unusedIgnore, "silences '\(entry.text)', which finds nothing here",
            at: entry.place ?? step.flatMap { pipeline.steps[$0].place },
            hint: "leave it out", step: owner))
      }
    }
    add(pipeline.lints, nil)
    for number in pipeline.steps.indices { add(pipeline.steps[number].stage.common.lints, number) }
    return found
  }
}

extension LintOptions {
  /// Whether a lint is silenced.
  fileprivate func ignores(_ name: String) -> Bool { ignore.contains { $0.text == name } }
}
