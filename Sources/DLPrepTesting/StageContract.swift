public import DLPrepData
public import DLPrepPipeline

/// What every stage promises, as a suite of rules to run over one's own stages.
///
/// ```swift
/// @Test func myStageKeepsTheContract() async {
///   #expect(await StageContract.violations(of: MyStage.self) == [])
/// }
/// ```
/// Every rule is run on every example of the stage: what the examples don't show isn't tested.
public enum StageContract {
  /// Everything the stage does against the rules, each named by rule and example; none: it keeps
  /// the contract.
  ///
  /// Stages whose examples need other columns than those of `ContractData` bring a table of their
  /// own, with a target column `y` if they are supervised, and without missing values if they have
  /// a policy for these.
  public static func violations<S: Stage>(
    of stage: S.Type, table: Table? = nil
  ) async -> [String] {
    var found: [String] = []
    for rule in DeclarationRule.all(S.self) {
      found += rule.check().map { "\(S.name): \(rule.name): \($0)" }
    }
    for (number, example) in S.examples.enumerated() {
      do throws(PrepError) {
        let trial = try StageTrial(example, table: table)
        for rule in BehaviourRule<S>.all {
          found += rule.broken(by: trial).map {
            "\(S.name), example \(number + 1): \(rule.name): \($0)"
          }
        }
      } catch {
        found.append("\(S.name), example \(number + 1): expected it to fit a plain table: \(error)")
      }
    }
    return found
  }
}
