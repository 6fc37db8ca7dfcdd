import DLPrepData
import DLPrepPipeline

extension BehaviourRule {
  /// Missing and unseen values follow the policy that the file names.
  static var policyRules: [BehaviourRule] {
    [
      BehaviourRule("missing values follow their policy") { trial throws(PrepError) in
        guard S.commonKeys.contains(.missing), trial.stage.when != .fit else { return [] }
        let plain = try trial.isOwn ? trial.table : ContractData.table(holes: false)
        var found: [String] = []
        for policy in MissingPolicy.allCases {
          guard isAllowed(trial.stage, { $0.common.missing = policy }) else { continue }
          var stage = trial.stage
          stage.common.missing = policy
          let fitted = try ContractData.pipeline(stage).fitted(
            to: TableReader(plain), RunOptions()
          ).fitted
          for name in fitted.steps[0].columns {
            guard let values = plain.values(of: name) else { continue }
            let holed = plain.replacing(name, by: values.allMissing)
            found += outcome(of: fitted, on: holed, policy).map { "\(policy), '\(name)': \($0)" }
          }
        }
        return found
      },
      BehaviourRule("unseen values follow their policy") { trial throws(PrepError) in
        guard S.commonKeys.contains(.unknown) else { return [] }
        var found: [String] = []
        for policy in UnknownPolicy.allCases {
          guard isAllowed(trial.stage, { $0.common.unknown = policy }) else { continue }
          let fitted: FittedPipeline
          do throws(PrepError) {
            fitted = try trial.changed { $0.common.unknown = policy }
          } catch {
            // A stage that is told its values may meet others in its own training rows.
            if policy != .error || error.code != .unseen { throw error }
            continue
          }
          for name in trial.acted {
            guard case .category(let values)? = trial.table.values(of: name) else { continue }
            let unseen = trial.table.replacing(
              name, by: .category(values.map { _ in "never seen" }))
            do throws(PrepError) {
              let out = try fitted.apply(unseen)
              if policy == .error { found.append("error: '\(name)' was served") }
              if out.rowCount != unseen.rowCount { found.append("\(policy): rows were lost") }
            } catch {
              // A stage may refuse what would be in doubt.
              if error.code != .unseen { found.append("\(policy): \(error)") }
            }
          }
        }
        return found
      },
    ]
  }

  private static func isAllowed(_ stage: S, _ change: (inout S) -> Void) -> Bool {
    var stage = stage
    change(&stage)
    do throws(PrepError) {
      try stage.validate()
      return true
    } catch {
      return false
    }
  }

  /// What is wrong with what comes of a column that is all missing.
  private static func outcome(
    of fitted: FittedPipeline, on table: Table, _ policy: MissingPolicy
  ) -> [String] {
    do throws(PrepError) {
      let out = try fitted.apply(table)
      let kept = table.columns.map(\.name)
      let made = out.columns.filter { column in
        !kept.contains(column.name) || column.values != table.values(of: column.name)
      }
      switch policy {
      case .error: return ["it was served"]
      case .keep:
        return out.rowCount == table.rowCount ? [] : ["rows were lost"]
      case .category, .ignore:
        return made.contains { $0.values.missing.contains(true) } ? ["values stay missing"] : []
      }
    } catch {
      return error.code == .unseen ? [] : ["\(error)"]
    }
  }
}
