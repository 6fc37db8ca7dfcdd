import DLPrepData
import DLPrepPipeline

/// The first row with a missing value, for stages that can't learn from one.
struct FirstMissing: Sendable {
  private var found: (record: Int, column: Int)?

  /// Looks at the columns in the given slots.
  mutating func look(at block: Block, slots: [Int]) {
    for (i, slot) in slots.enumerated() where block.columns[slot].missing.any {
      let missing = block.columns[slot].missing
      guard let row = (0..<block.count).first(where: { missing[$0] }) else { continue }
      if let found, found.record <= block.rows[row] { continue }
      found = (block.rows[row], i)
    }
  }

  /// Takes over what was found in later rows.
  mutating func merge(_ later: FirstMissing) {
    guard let other = later.found, other.record < found?.record ?? .max else { return }
    found = other
  }

  /// Whether there is none.
  var isNone: Bool { found == nil }

  /// An error where there is one.
  func refuse(_ fields: [Field]) throws(PrepError) {
    guard let (record, column) = found else { return }
    throw PrepError(
      .fit, "expected a value in column '\(fields[column].name)', found a missing one",
      hint: "impute it before", record: record, column: fields[column].sources.first)
  }
}
