import DLPrepData
import DLPrepPipeline

extension Answers {
  /// The classes of the target that make a column each, by position; of two classes the second
  /// alone, and for a number to regress on nil.
  var labels: [Int?] {
    let classes = target?.classes.count ?? 0
    return switch classes {
    case 0: [nil]
    case 1, 2: [classes - 1]
    default: Array(0..<classes)
    }
  }

  /// The names of the classes, where there is a column for each.
  var labelNames: [String] {
    guard labels.count > 1 else { return [] }
    return target?.classes.map { String(decoding: $0, as: UTF8.self) } ?? []
  }
}

extension FoldChoice {
  /// How rows fall into folds, those with the same value of `key` together.
  func folds(by key: String?) -> Folds {
    switch self {
    case .number(let number): .hashed(number, key: key)
    case .column(let name): .given(name)
    }
  }

  /// The columns whose values make folds.
  func keyColumns(_ key: String?) -> [String] {
    if case .column(let name) = self { [name] } else { key.map { [$0] } ?? [] }
  }
}

extension CategoryTargets {
  /// Refuses to encode rows by those outside of their fold where there are none.
  func requireFolds() throws(PrepError) {
    guard outside.count > 1, outside.allSatisfy({ $0.prior.count > 0 }) else {
      throw PrepError(
        .fit, "expected training rows in two folds or more, found all of them in one",
        hint: "more rows, fewer folds, or another fold_by")
    }
  }
}
