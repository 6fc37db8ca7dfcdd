import DLPrepData
import DLPrepPipeline

/// A column of training rows as numbers: numbers themselves, anything else by codes.
struct GatheredColumn: Sendable {
  /// Whether its values are categories.
  let isCategory: Bool
  /// The gathered values; a missing one is 0.
  private(set) var values: [Double] = []
  /// Which of the gathered values are missing.
  private(set) var missing = Bitmap()
  /// How many of all rows have a value.
  private(set) var present = 0
  /// The sum over all rows.
  private(set) var sum = ExactSum()
  /// The smallest and the largest number of all rows.
  private(set) var extremes = Extremes<Double>()
  /// The categories by code, and how many of all rows have each.
  private var levels = ByteStrings()
  private var counts: [Int] = []
  private var codes: [[UInt8]: Int] = [:]

  init(_ field: Field) { isCategory = !field.type.isNumeric }

  /// Takes in what is known of all rows.
  mutating func look(at column: Column) {
    present += column.count - column.missing.total
    if isCategory {
      for code in codes(of: column) where code >= 0 { counts[code] += 1 }
    } else {
      let (numbers, words) = (column.numbers(), column.missing.words)
      sum.add(numbers.span, missing: words.span)
      extremes.observe(numbers.span, missing: words.span)
    }
  }

  /// Gathers some rows.
  mutating func append(_ column: Column, rows: [Int]) {
    let numbers = isCategory ? codes(of: column).map(Double.init) : column.numbers()
    values.reserveCapacity(values.count + rows.count)
    for row in rows {
      let isMissing = column.missing[row]
      values.append(isMissing ? 0 : numbers[row])
      missing.append(isMissing)
    }
  }

  /// Adds what is known of another part's rows.
  mutating func mergeFacts(_ later: GatheredColumn) {
    present += later.present
    sum.merge(later.sum)
    extremes.merge(later.extremes)
    for (i, count) in later.counts.enumerated() { counts[code(of: later.levels[i])] += count }
  }

  /// Adds the gathered values of another part, by the same codes, as far as there is room.
  mutating func mergeValues(_ later: GatheredColumn, most: Int) {
    for i in 0..<min(later.values.count, most - values.count) {
      values.append(later.values[i])
      missing.append(later.missing[i])
    }
  }

  /// The mean, or the code of the most frequent category, the first of equally frequent ones.
  ///
  /// Codes mean what they do once the categories are sorted.
  var usual: Double {
    if !isCategory { return sum.divided(by: present) }
    let best = counts.indices.max { (counts[$0], $1) < (counts[$1], $0) }
    return Double(best ?? 0)
  }

  /// The categories, sorted by bytes: those that were gathered, and the most frequent one.
  ///
  /// Values are their codes from then on.
  mutating func sortCategories() -> ByteStrings {
    guard isCategory, !counts.isEmpty else { return ByteStrings() }
    var isUsed = Array(repeating: false, count: counts.count)
    for (i, value) in values.enumerated() where !missing[i] { isUsed[Int(value)] = true }
    let order = Levels((0..<levels.count).map { levels[$0] }).sortedCodes()
    let best = order.max { counts[$0] < counts[$1] } ?? 0
    // Of equally frequent ones `max` gives the last.
    let first = order.first { counts[$0] == counts[best] } ?? best
    isUsed[first] = true
    let kept = order.filter { isUsed[$0] }
    var places = Array(repeating: 0, count: counts.count)
    for (place, code) in kept.enumerated() { places[code] = place }
    for i in values.indices where !missing[i] { values[i] = Double(places[Int(values[i])]) }
    counts = kept.map { counts[$0] }
    levels = ByteStrings(kept.map { levels[$0] })
    codes = [:]
    return levels
  }

  /// The code of each row, -1 where it is missing.
  private mutating func codes(of column: Column) -> [Int] {
    var found: [Int] = []
    unsafe CodeReader().read(column) { levels, theirs in
      let strings = levels.strings
      // Only what occurs is looked up: a dictionary may hold more.
      var map = Array(repeating: -1, count: levels.count)
      found = unsafe theirs.map { theirs in
        guard theirs >= 0 else { return -1 }
        if map[Int(theirs)] < 0 { map[Int(theirs)] = code(of: strings[Int(theirs)]) }
        return map[Int(theirs)]
      }
    }
    return found
  }

  private mutating func code(of category: [UInt8]) -> Int {
    if let known = codes[category] { return known }
    codes[category] = levels.count
    levels.append(category)
    counts.append(0)
    return levels.count - 1
  }
}
