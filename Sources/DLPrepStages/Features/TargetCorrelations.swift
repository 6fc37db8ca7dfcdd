import DLPrepData
import DLPrepPipeline

/// Correlations of features with a number to regress on, in two sweeps and exact sums.
struct TargetCorrelations: Sendable {
  private let features: FeatureList
  private var target = ColumnRange()
  private var ranges: [ColumnRange]
  private var scales: [FixedPoint]?
  private var targetScale = FixedPoint(center: 0, distance: 0, rows: 0)
  /// Of the entries of each feature that aren't zero.
  private var sums: [PairSums]
  /// Of the target over all rows.
  private var whole = PairSums()

  init(_ features: FeatureList) {
    self.features = features
    ranges = Array(repeating: ColumnRange(), count: features.count)
    sums = Array(repeating: PairSums(), count: features.count)
  }

  /// Takes in rows, each with its target.
  mutating func observe(_ block: Block, _ slots: [Int], _ target: [Double]) {
    guard let scales else {
      self.target.add(target.span)
      features.forEachColumn(of: block, slots) { i, values in
        switch values {
        case .numbers(let numbers): ranges[features.starts[i]].add(numbers.span)
        case .entries(let entries):
          for entry in entries {
            let number = [entry.value]
            ranges[features.starts[i] + entry.component].add(number.span)
          }
        }
      }
      return
    }
    let targets = target.map { targetScale($0) }
    for target in targets { whole.add(0, target) }
    features.forEachColumn(of: block, slots) { i, values in
      let start = features.starts[i]
      switch values {
      case .numbers(let numbers):
        for (row, target) in targets.enumerated() {
          sums[start].add(scales[start](numbers[row]), target)
        }
      case .entries(let entries):
        for entry in entries {
          let feature = start + entry.component
          sums[feature].add(scales[feature](entry.value), targets[entry.row])
        }
      }
    }
  }

  /// Adds those of later rows in the same sweep.
  mutating func merge(_ later: TargetCorrelations) {
    if scales == nil {
      target.merge(later.target)
      for i in ranges.indices { ranges[i].merge(later.ranges[i]) }
    } else {
      whole.merge(later.whole)
      for i in sums.indices { sums[i].merge(later.sums[i]) }
    }
  }

  /// Whether the rows are needed once more: after the first sweep.
  mutating func needsAnotherSweep() -> Bool {
    guard scales == nil, isFinite else { return false }
    let rows = target.count
    targetScale = FixedPoint(center: target.mean, distance: target.distance, rows: rows)
    // A component's zero stays zero, so that its entries are all that counts.
    scales = features.fields.enumerated().flatMap { i, field in
      (features.starts[i]..<features.starts[i + 1]).map { feature in
        let center = field.type.isVector ? 0 : ranges[feature].mean
        return FixedPoint(
          center: center, distance: max(ranges[feature].distance(from: center), 0), rows: rows)
      }
    }
    return true
  }

  /// Whether all numbers were finite.
  var isFinite: Bool { target.isFinite && ranges.allSatisfy(\.isFinite) }

  /// The F of a feature in a regression on it alone; where it fits exactly, the largest number, and
  /// 0 where there is nothing to correlate.
  func score(_ feature: Int) -> Double {
    var pair = sums[feature]
    (pair.count, pair.y, pair.yy) = (whole.count, whole.y, whole.yy)
    let square = pair.correlation * pair.correlation
    if square.isNaN { return 0 }
    let score = square / (1 - square) * Double(whole.count - 2)
    return score.isNaN ? 0 : min(score, Double.greatestFiniteMagnitude)
  }
}
