import DLPrepData

extension Answering {
  /// How well a power transform makes the column normal, as the slope of its log-likelihood.
  func powerScore(_ fit: PowerFit) throws(PrepError) -> Double {
    var score = PowerScore(fit)
    try forEachPart { column, _ throws(PrepError) in
      let numbers = column.numbers()
      let missing = column.missing
      score.add(numbers.span, missing: missing.words.span)
    }
    return score.value
  }

  /// The moments of what a power transform makes of the column.
  func powerMoments(_ curve: PowerCurve) throws(PrepError) -> Moments {
    var sums = ExactMoments()
    try forEachPart { column, _ throws(PrepError) in
      let missing = column.missing
      var numbers = column.numbers()
      for row in numbers.indices where !missing[row] { numbers[row] = curve(numbers[row]) }
      sums.add(numbers.span, missing: missing.words.span)
    }
    if sums.count == 0 { return Moments(count: 0, mean: 0, variance: 0) }
    return Moments(count: sums.count, mean: sums.mean, variance: sums.variance)
  }
}
