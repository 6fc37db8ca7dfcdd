import DLPrepData

/// What each training row is told of the targets of the other rows of its category.
struct OtherSums {
  private let supervision: Supervision
  private let column: TrainingColumn
  private let cache: ColumnCache

  init(_ supervision: Supervision, _ column: TrainingColumn, _ cache: ColumnCache) {
    self.supervision = supervision
    self.column = column
    self.cache = cache
  }

  /// The targets of other rows, part by part; of a class target, the indicator of its class `label`.
  func targets(_ others: OtherRows, label: Int?) throws(PrepError) -> [OtherTargets] {
    let rows = try CategoryRows(column, supervision, label: label, cache)
    let (values, codes, targets) = (rows.values, rows.codes, rows.targets)
    var sums = RunningSums(categories: values.count + 1, extent: rows.extent)
    // Missing values are the last category.
    func category(_ part: Int, _ row: Int) -> Int {
      let code = Int(codes[part][row])
      return code < 0 ? values.count : code
    }
    var found = targets.map { target in
      var others = OtherTargets()
      others.counts = Array(repeating: 0, count: target.count)
      others.means = Array(repeating: 0, count: target.count)
      return others
    }
    if others == .all {
      for (part, row) in supervision.order(shuffled: false) {
        sums.add(targets[part][row], to: category(part, row))
      }
    }
    for (part, row) in supervision.order(shuffled: others == .earlierShuffled) {
      let own = category(part, row)
      if others == .all { sums.remove(targets[part][row], from: own) }
      (found[part].counts[row], found[part].means[row]) = sums.mean(of: own)
      sums.add(targets[part][row], to: own)
    }
    return found
  }
}

extension Supervision {
  /// The training rows, by part and row: as they stand, or by a hash of their numbers.
  func order(shuffled: Bool) -> [(part: Int, row: Int)] {
    var order: [(part: Int, row: Int)] = []
    var hashes: [UInt64] = []
    let hash = RowHash(seed: seed, purpose: "order")
    for (part, rows) in rows.enumerated() {
      for row in 0..<rows.count {
        order.append((part, row))
        if shuffled { hashes.append(hash.of(record: rows[row])) }
      }
    }
    guard shuffled else { return order }
    return order.indices.sorted { (hashes[$0], $0) < (hashes[$1], $1) }.map { order[$0] }
  }
}
