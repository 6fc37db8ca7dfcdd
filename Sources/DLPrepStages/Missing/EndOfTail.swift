import DLPrepData
public import DLPrepPipeline

/// Where the tail of a column ends, for `impute`.
public enum TailMethod: String, Sendable, CaseIterable, ParameterValue {
  case zscore
  case iqr
  case max
}

/// At which side of a column a tail is.
public enum TailSide: String, Sendable, CaseIterable, ParameterValue {
  case left
  case right
}

extension Impute {
  /// What `end_of_tail` has to know of the column.
  var tailQuestions: [Statistic] {
    switch method ?? .zscore {
    case .zscore: [.count, .moments]
    case .iqr: [.count, .quantile(0.25, .linear), .quantile(0.75, .linear)]
    case .max: [.count, .extremes]
    }
  }

  /// The end of the tail, as feature-engine's `EndTailImputer` puts it.
  func endOfTail(_ answers: Answers) -> Double {
    let sign: Double = (tail ?? .right) == .right ? 1 : -1
    let factor = factor ?? 3
    switch method ?? .zscore {
    case .zscore:
      let moments = answers.moments
      // The deviation of a sample, as pandas takes it; one value has none.
      let n = Double(moments.count)
      let spread = n > 1 ? (moments.variance * (n / (n - 1))).squareRoot() : 0
      return moments.mean + sign * factor * spread
    case .iqr:
      let low = answers.number(.quantile(0.25, .linear))
      let high = answers.number(.quantile(0.75, .linear))
      return (sign > 0 ? high : low) + sign * factor * (high - low)
    case .max: return answers.extremes.max * factor
    }
  }

  /// Refuses what only `end_of_tail` takes, and what it doesn't.
  func validateTail() throws(PrepError) {
    if let factor, !(factor > 0) {
      throw PrepError(.value, "'factor': expected a number above 0, found \(factor)")
    }
    guard strategy != .endOfTail else {
      if method == .max, tail == .left {
        throw PrepError(.value, "'tail': expected right with 'method: max', found 'left'")
      }
      return
    }
    if method != nil || tail != nil || factor != nil {
      throw PrepError(
        .value, "expected 'strategy: end_of_tail' with 'method', 'tail' or 'factor'")
    }
  }
}
