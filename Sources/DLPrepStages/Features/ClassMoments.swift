import DLPrepData
import DLPrepPipeline

/// Exact sums of features by class, and the scores that follow from them.
struct ClassMoments: Sendable {
  private let features: FeatureList
  private let classes: Int
  private var rows: [Int]
  /// Of feature f in class c, at `f * classes + c`; zeros in vectors aren't counted.
  private var moments: [ExactMoments]
  /// The first column with a number below zero.
  private(set) var firstNegative: Int?

  init(_ features: FeatureList, classes: Int) {
    self.features = features
    self.classes = classes
    rows = Array(repeating: 0, count: classes)
    moments = Array(repeating: ExactMoments(), count: features.count * classes)
  }

  /// Takes in rows, each with the position of its class.
  mutating func observe(_ block: Block, _ slots: [Int], _ target: [Double]) {
    let labels = target.map { Int($0) }
    for label in labels { rows[label] += 1 }
    features.forEachColumn(of: block, slots) { i, values in
      let start = features.starts[i]
      switch values {
      case .numbers(let numbers):
        var parts = Array(repeating: [Double](), count: classes)
        for (row, label) in labels.enumerated() { parts[label].append(numbers[row]) }
        for (label, part) in parts.enumerated() {
          moments[start * classes + label].add(part.span)
        }
        if numbers.contains(where: { $0 < 0 }) { firstNegative = min(firstNegative ?? i, i) }
      case .entries(let entries):
        for entry in entries {
          moments[(start + entry.component) * classes + labels[entry.row]].add(entry.value)
          if entry.value < 0 { firstNegative = min(firstNegative ?? i, i) }
        }
      }
    }
  }

  /// Adds those of later rows.
  mutating func merge(_ later: ClassMoments) {
    for i in rows.indices { rows[i] += later.rows[i] }
    for i in moments.indices { moments[i].merge(later.moments[i]) }
    if let other = later.firstNegative { firstNegative = min(firstNegative ?? other, other) }
  }

  /// The moments of a feature in each class that has rows.
  private func parts(_ feature: Int) -> [ExactMoments] {
    (0..<classes).filter { rows[$0] > 0 }.map { label in
      var part = moments[feature * classes + label]
      part.addZeros(rows[label] - part.count)
      return part
    }
  }

  /// The analysis of variance of a feature: between classes by within them.
  func variance(_ feature: Int) -> Double {
    let parts = parts(feature)
    let all = parts.reduce(into: ExactMoments()) { $0.merge($1) }
    var (between, within) = (0.0, 0.0)
    for part in parts {
      let distance = part.mean - all.mean
      between += Double(part.count) * distance * distance
      within += Double(part.count) * part.variance
    }
    return (between / Double(parts.count - 1)) / (within / Double(all.count - parts.count))
  }

  /// The χ² of a feature's sums by class, against those that classes alone would give.
  func chiSquare(_ feature: Int) -> Double {
    let parts = parts(feature)
    let all = parts.reduce(into: ExactMoments()) { $0.merge($1) }
    return parts.reduce(0) { sum, part in
      let expected = Double(part.count) / Double(all.count) * all.sum.rounded
      let distance = part.sum.rounded - expected
      return sum + distance * distance / expected
    }
  }
}
