import DLPrepData

/// Moments of the target by category and fold, for one column.
struct TargetSums {
  private let supervision: Supervision
  private let column: TrainingColumn
  private let cache: ColumnCache

  init(_ supervision: Supervision, _ column: TrainingColumn, _ cache: ColumnCache) {
    self.supervision = supervision
    self.column = column
    self.cache = cache
  }

  /// The moments; of a class target, of the indicator of its class `label`.
  func moments(_ folding: Folds, label: Int?) throws(PrepError) -> CategoryTargets {
    var tally = CategoryTally()
    for part in column.train {
      tally.add(try cache.fetch(part))
      try cache.settle(part)
    }
    let values = tally.counts().values
    var codes: [[Int32]] = []
    var targets: [[Double]] = []
    var extent = TargetExtent()
    for (number, part) in column.train.enumerated() {
      codes.append(try cache.fetch(part).positions(in: values))
      try cache.settle(part)
      let target = supervision.values[number]
      targets.append(
        label.map { label in target.map { $0 == Double(label) ? 1 : 0 } } ?? target)
      let numbers = targets[number]
      extent.observe(numbers.span)
    }
    let folds = try supervision.parts(of: folding)
    let parts = try targetsByCategory(
      categories: values.count, folds: try supervision.count(of: folding), extent: extent
    ) { body throws(PrepError) in
      for number in codes.indices {
        let (rows, fold, target) = (codes[number], folds[number], targets[number])
        body(rows.span, fold.span, target.span)
      }
    }
    return CategoryTargets(values: values, whole: parts.whole, outside: parts.outside)
  }
}

extension Column {
  /// The position of each row's value, as bytes, in a sorted list; -1 where it is missing.
  func positions(in values: ByteStrings) -> [Int32] {
    let values = SortedStrings(values)
    var known: [Int64: Int32] = [:]
    func position(_ text: String) -> Int32 {
      let bytes = Array(text.utf8)
      return Int32(values.index(of: bytes.span) ?? -1)
    }
    func position(_ integer: Int64) -> Int32 {
      if let position = known[integer] { return position }
      let found = position(integer.description)
      known[integer] = found
      return found
    }
    switch storage {
    case .codes:
      guard let levels else { return (0..<count).map { position(Int64(codes[$0])) } }
      var table = CodeTable<Int32>(missing: -1)
      table.update(levels) { Int32(values.index(of: $0) ?? -1) }
      return (0..<count).map { table[codes[$0]] }
    case .text:
      let strings = text
      let bytes = strings.bytes.span
      var positions = [Int32](repeating: -1, count: count)
      for row in 0..<count where !missing[row] {
        let found = values.index(of: bytes.extracting(strings.range(row)))
        positions[row] = Int32(found ?? -1)
      }
      return positions
    case .integers: return (0..<count).map { missing[$0] ? -1 : position(integers[$0]) }
    case .flags: return (0..<count).map { missing[$0] ? -1 : position(Int64(flags[$0])) }
    case .floats: return (0..<count).map { missing[$0] ? -1 : position(floats[$0].keyText) }
    }
  }
}
