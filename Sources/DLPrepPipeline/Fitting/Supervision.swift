import DLPrepData
import Synchronization

/// The target of the training rows, and the fold of each: what supervised stages need.
final class Supervision: Sendable {
  /// What the target is.
  let target: Answers.Target
  /// For each part: the target as a number, or the position of its class.
  let values: [[Double]]
  /// Which records the rows are, part by part.
  let rows: [Rows]
  /// What chance derives from.
  let seed: UInt64
  private let keys: [String: [CachedColumn]]
  private let cache: ColumnCache
  private let folds = Mutex<[Folds: [[UInt8]]]>([:])

  /// Takes the target down; a training row without one is an error.
  init(
    _ column: TrainingColumn, classes: [[UInt8]], _ rows: [Rows], seed: UInt64,
    keys: [String: [CachedColumn]], _ cache: ColumnCache
  ) throws(PrepError) {
    target = Answers.Target(field: column.field, classes: classes)
    self.rows = rows
    self.seed = seed
    self.keys = keys
    self.cache = cache
    var values: [[Double]] = []
    for (part, cached) in column.train.enumerated() {
      let data = try cache.view(cached)
      if let row = (0..<data.count).first(where: { data.missing[$0] }) {
        throw PrepError(
          .fit,
          "expected a target in every training row, found none in column "
            + "'\(column.field.name)'",
          hint: "drop such rows before: drop_missing: {columns: [\(column.field.name)]}",
          record: rows[part][row])
      }
      values.append(data.targetValues(classes))
    }
    self.values = values
  }

  /// The fold of each row of a part, for the given foldings.
  func folds(_ wanted: [Folds], part: Int) throws(PrepError) -> [Folds: [UInt8]] {
    var found: [Folds: [UInt8]] = [:]
    for folding in wanted { found[folding] = try parts(of: folding)[part] }
    return found
  }

  /// The fold of each row, part by part.
  func parts(of folding: Folds) throws(PrepError) -> [[UInt8]] {
    try folds.withLock { known throws(PrepError) in
      if let parts = known[folding] { return parts }
      let parts = try compute(folding)
      known[folding] = parts
      return parts
    }
  }

  private func compute(_ folding: Folds) throws(PrepError) -> [[UInt8]] {
    switch folding {
    case .hashed(let count, let key):
      let hash = RowHash(seed: seed, purpose: "fold")
      return try perPart(key) { column, rows in
        hash.of(column, rows).map { RowHash.fold($0, of: count) }
      }
    case .given(let name):
      return try perPart(name) { column, rows in
        // The column's dictionary is sorted: fold numbers follow the order of its values.
        (0..<rows.count).map { UInt8(truncatingIfNeeded: max(0, column?.codes[$0] ?? 0)) }
      }
    }
  }

  private func perPart(
    _ key: String?, _ body: (Column?, Rows) -> [UInt8]
  ) throws(PrepError)
    -> [[UInt8]]
  {
    var parts: [[UInt8]] = []
    for (part, rows) in rows.enumerated() {
      guard let cached = key.flatMap({ keys[$0]?[part] }) else {
        parts.append(body(nil, rows))
        continue
      }
      parts.append(body(try cache.view(cached), rows))
    }
    return parts
  }

  /// How many folds a folding has.
  func count(of folding: Folds) throws(PrepError) -> Int {
    if case .hashed(let count, _) = folding { return count }
    return Int(try parts(of: folding).joined().max() ?? 0) + 1
  }
}

extension Column {
  /// A target as numbers: itself, or the position of each row's class.
  func targetValues(_ classes: [[UInt8]]) -> [Double] {
    switch storage {
    case .floats: return Array(floats[..<count])
    case .integers: return integers[..<count].map(Double.init)
    case .flags: return flags[..<count].map(Double.init)
    case .codes, .text, .sparse:
      let positions = Levels(classes)
      return (0..<count).map { row in
        let code = key(row).flatMap { positions.code(of: $0.span) }
        return Double(code ?? -1)
      }
    }
  }

  /// The bytes of a category or text; nil where it is missing.
  func key(_ row: Int) -> [UInt8]? {
    if missing[row] { return nil }
    return storage == .text ? text[row] : levels?[Int(codes[row])]
  }
}
