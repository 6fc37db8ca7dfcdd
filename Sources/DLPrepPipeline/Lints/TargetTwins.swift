import DLPrepData

/// Tells whether a column says the same as the target: a correlation beyond 0.999, or values that
/// go one to one with those of the target.
///
/// A sample of the rows acquits nearly every column, so that a fit of many columns hardly notices.
struct TargetTwins {
  private static let leastRows = 20
  private static let sampleParts = 8
  private static let sampleRows = 128
  private let target: TrainingColumn
  private let cache: ColumnCache

  init(_ target: TrainingColumn, _ table: TrainingTable) {
    self.target = target
    cache = table.cache
  }

  /// What gives the column away, in words; nil where nothing does.
  func reason(_ column: TrainingColumn) throws(PrepError) -> String? {
    if column.field.type.isCorrelated, target.field.type.isCorrelated {
      guard abs(try correlation(column, sample: true)) > 0.99 else { return nil }
      let r = try correlation(column, sample: false)
      return abs(r) > 0.999 ? "its correlation with it is beyond \(r < 0 ? "-" : "")0.999" : nil
    }
    guard let classes = try pairedClasses(column) else { return nil }
    return "each of its \(classes) values goes with one of the target's"
  }

  /// Pearson's correlation over the rows that have both; 0 where there are too few.
  private func correlation(
    _ column: TrainingColumn, sample: Bool
  ) throws(PrepError) -> Double {
    var sums = TwinSums()
    let parts = column.train.count
    let stride = sample ? max(1, parts / Self.sampleParts) : 1
    for part in Swift.stride(from: 0, to: parts, by: stride) {
      let x = try cache.fetch(column.train[part])
      let y = try cache.fetch(target.train[part])
      let step = sample ? max(1, x.count / Self.sampleRows) : 1
      for row in Swift.stride(from: 0, to: x.count, by: step)
      where !x.missing[row] && !y.missing[row] {
        sums.add(x.number(row), y.number(row))
      }
      try cache.settle(column.train[part])
      try cache.settle(target.train[part])
    }
    return sums.count < Self.leastRows ? 0 : sums.correlation
  }

  /// How many values go one to one with those of the target; nil where they don't, or where there
  /// are so many that it means nothing.
  private func pairedClasses(_ column: TrainingColumn) throws(PrepError) -> Int? {
    var there: [[UInt8]: [UInt8]] = [:]
    var back: [[UInt8]: [UInt8]] = [:]
    var rows = 0
    for part in column.train.indices {
      let x = try cache.fetch(column.train[part])
      let y = try cache.fetch(target.train[part])
      var isPaired = true
      for row in 0..<x.count where !x.missing[row] && !y.missing[row] {
        let (a, b) = (x.keyBytes(row), y.keyBytes(row))
        rows += 1
        if there[a, default: b] != b || back[b, default: a] != a || there.count > rows / 2 + 10 {
          isPaired = false
          break
        }
        (there[a], back[b]) = (b, a)
      }
      try cache.settle(column.train[part])
      try cache.settle(target.train[part])
      if !isPaired { return nil }
    }
    guard rows >= Self.leastRows, there.count >= 2, there.count <= rows / 5 else { return nil }
    return there.count
  }
}

/// Sums of pairs of numbers, taken about the first pair so that large means don't drown the spread.
private struct TwinSums {
  private(set) var count = 0
  private var first = (x: 0.0, y: 0.0)
  private var (x, y, xx, yy, xy) = (0.0, 0.0, 0.0, 0.0, 0.0)

  mutating func add(_ a: Double, _ b: Double) {
    if count == 0 { first = (a, b) }
    let (a, b) = (a - first.x, b - first.y)
    count += 1
    x += a
    y += b
    xx += a * a
    yy += b * b
    xy += a * b
  }

  /// 0 where one of them doesn't vary.
  var correlation: Double {
    let n = Double(count)
    let spread = (xx - x * x / n) * (yy - y * y / n)
    let r = (xy - x * y / n) / spread.squareRoot()
    return r.isFinite ? r : 0
  }
}

extension DataType {
  /// Whether its values are numbers that can go together with others.
  fileprivate var isCorrelated: Bool {
    switch self {
    case .integer, .float, .bool, .date, .timestamp: true
    case .category, .text, .vector: false
    }
  }
}

extension Column {
  /// A value as a number; what a missing one holds means nothing.
  fileprivate func number(_ row: Int) -> Double {
    switch storage {
    case .floats: floats[row]
    case .integers: Double(integers[row])
    case .flags: Double(flags[row])
    case .codes, .text, .sparse: 0
    }
  }

  /// A value as bytes.
  fileprivate func keyBytes(_ row: Int) -> [UInt8] {
    switch storage {
    case .codes, .text: key(row) ?? []
    case .floats, .integers, .flags, .sparse: Array(number(row).keyText.utf8)
    }
  }
}

extension TrainingTable {
  /// The numbers of distinct values and of rows with a value, where nearly each has its own: more
  /// than nine in ten, of at least 50.
  func nearlyUnique(_ column: TrainingColumn) throws(PrepError) -> (distinct: Int, rows: Int)? {
    guard column.field.type.isTextual else { return nil }
    var tally = CategoryTally()
    var rows = 0
    for part in column.train {
      let data = try cache.fetch(part)
      rows += data.count - data.missing.total
      tally.add(data)
      try cache.settle(part)
      // A column of few values shows it soon.
      if rows > 1000, tally.distinct * 2 < rows { return nil }
    }
    return rows >= 50 && tally.distinct * 10 > rows * 9 ? (tally.distinct, rows) : nil
  }
}
