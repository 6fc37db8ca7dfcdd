import DLPrepData
import DLPrepPipeline

/// A rule on what a stage does, tried on each of its examples.
struct BehaviourRule<S: Stage> {
  /// The rule as a sentence.
  let name: String
  private let check: (StageTrial<S>) throws(PrepError) -> [String]

  init(_ name: String, _ check: @escaping (StageTrial<S>) throws(PrepError) -> [String]) {
    self.name = name
    self.check = check
  }

  /// What is against the rule; an error that no one expected is.
  func broken(by trial: StageTrial<S>) -> [String] {
    do throws(PrepError) {
      return try check(trial)
    } catch {
      return ["unexpected error: \(error)"]
    }
  }

  /// Every rule.
  static var all: [BehaviourRule] {
    schemaRules + lawRules + columnRules + policyRules + oddRules + damageRules + inverseRules
  }
}
