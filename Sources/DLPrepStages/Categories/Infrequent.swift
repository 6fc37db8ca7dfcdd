import DLPrepData
import DLPrepPipeline

/// Which levels are pooled, by scikit-learn's rule for infrequent categories.
///
/// Those with fewer rows than `minCount`, or than `minShare` of all rows; then, where more than
/// `maxLevels - 1` are left, all but that many of the most frequent ones, of equally frequent ones
/// those that come first in byte order.
func infrequentLevels(
  _ counts: [Int], rows: Int, minCount: Int? = nil, minShare: Double? = nil, maxLevels: Int? = nil
) -> [Bool] {
  var pooled = counts.map { count in
    if let minCount { return count < minCount }
    if let minShare { return Double(count) < minShare * Double(rows) }
    return false
  }
  let frequent = pooled.count { !$0 }
  if let maxLevels, maxLevels < frequent + 1 {
    let rising = counts.indices.sorted { (counts[$0], $0) < (counts[$1], $1) }
    for level in rising.dropLast(maxLevels - 1) { pooled[level] = true }
  }
  return pooled
}

extension CategoryCounts {
  /// The values for which `condition` holds, by their position.
  func values(where condition: (Int) -> Bool) -> ByteStrings {
    var chosen = ByteStrings()
    for i in 0..<values.count where condition(i) { chosen.append(values, i) }
    return chosen
  }
}
