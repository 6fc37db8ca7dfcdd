import DLPrepData
import DLPrepPipeline

extension BehaviourRule {
  /// What a stage says of its way back is true.
  static var inverseRules: [BehaviourRule] {
    [
      BehaviourRule("an exact inverse gives back what was there") { trial throws(PrepError) in
        guard trial.stage.inverse == .exact, trial.keepsRows else { return [] }
        let back = try trial.fitted.invert(trial.served)
        return trial.acted.compactMap { name in
          guard let before = trial.serving.values(of: name) else { return nil }
          guard let after = back.values(of: name) else {
            let isDropped = try? trial.result.outputSchema().columns.allSatisfy {
              !$0.field.sources.contains(name)
            }
            return isDropped == true ? nil : "'\(name)' doesn't come back"
          }
          // What the stage made missing is out of its domain.
          let lost = trial.served.values(of: name)?.missing ?? []
          return after.isNear(before, apartFrom: lost) ? nil : "'\(name)' comes back changed"
        }
      },
      BehaviourRule("what comes back of a lossy inverse gives the same again") {
        trial throws(PrepError) in
        guard case .lossy = trial.stage.inverse, trial.keepsRows else { return [] }
        // Whole numbers may come back as decimals.
        let fitted = try ContractData.pipeline(trial.stage)
          .fitted(to: TableReader(trial.table.withDecimals), RunOptions()).fitted
        let served = try fitted.apply(trial.serving.withDecimals)
        let again = try fitted.apply(try fitted.invert(served))
        return served.columns.compactMap { name, values in
          // What is told beside a column may be gone with what was lost.
          if case .bool = values, !trial.acted.contains(name) { return nil }
          guard let other = again.values(of: name) else { return "'\(name)' doesn't come back" }
          return other.isNear(values, apartFrom: []) ? nil : "'\(name)' isn't the same again"
        }
      },
    ]
  }
}

extension StageTrial {
  /// Whether as many rows came out as went in.
  fileprivate var keepsRows: Bool { served.rowCount == serving.rowCount }
}

extension Table {
  /// The same with the numbers of `i` as decimals.
  fileprivate var withDecimals: Table {
    guard case .integer(let whole)? = values(of: "i") else { return self }
    return replacing("i", by: .float(whole.map { $0.map(Double.init) }))
  }
}

extension Table.Values {
  /// Whether each value is the other's, numbers up to rounding: 1e-12 of the largest.
  fileprivate func isNear(_ other: Table.Values, apartFrom lost: [Bool]) -> Bool {
    guard let own = numbers, let others = other.numbers else { return self == other }
    guard own.count == others.count else { return false }
    let most = others.compactMap { $0?.magnitude }.max() ?? 0
    return own.indices.allSatisfy { row in
      switch (own[row], others[row]) {
      case (let a?, let b?): abs(a - b) <= 1e-12 * most
      case (nil, nil): true
      case (nil, _?): row < lost.count && lost[row]
      case (_?, nil): false
      }
    }
  }

  private var numbers: [Double?]? {
    switch self {
    case .integer(let values): values.map { $0.map(Double.init) }
    case .float(let values): values
    case .bool, .category, .text: nil
    }
  }
}
