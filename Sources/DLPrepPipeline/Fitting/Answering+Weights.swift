import DLPrepData

extension Answering {
  /// Statistics by the rows' weights; what needs sorted rows shares them.
  func answerWeighted(_ open: [Statistic], into known: inout Answers) throws(PrepError) {
    var sorted: WeightedRows?
    for case .weighted(let inner) in open {
      if inner == .moments {
        known.values[.weighted(inner)] = .moments(try weightedMoments())
        continue
      }
      let rows: WeightedRows
      if let sorted { rows = sorted } else { rows = try weightedRows() }
      sorted = rows
      switch inner {
      case .extremes: known.values[.weighted(inner)] = .extremes(min: rows.least, max: rows.most)
      case .distribution: known.values[.weighted(inner)] = .weightedRows(rows.sorted)
      case .quantile(let share, let interpolation):
        known.values[.weighted(inner)] = .number(
          rows.quantile(share, averages: interpolation == .averagedInvertedCDF))
      default: throw PrepError(.internal, "expected a statistic that weights are known for")
      }
    }
  }

  private func weightedMoments() throws(PrepError) -> Moments {
    var sums = WeightedMoments()
    repeat {
      try forEachPart { column, part throws(PrepError) in
        let (numbers, weights) = (column.numbers(), weights(part: part))
        let missing = column.missing
        for row in numbers.indices where !missing[row] && weights[row] > 0 {
          sums.add(numbers[row], weight: weights[row])
        }
      }
    } while sums.needsAnotherSweep()
    return sums.moments
  }

  private func weightedRows() throws(PrepError) -> WeightedRows {
    var rows: [(value: Double, weight: Double)] = []
    try forEachPart { column, part throws(PrepError) in
      let (numbers, weights) = (column.numbers(), weights(part: part))
      let missing = column.missing
      for row in numbers.indices where !missing[row] { rows.append((numbers[row], weights[row])) }
    }
    return WeightedRows(rows)
  }
}
