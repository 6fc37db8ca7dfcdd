public import DLPrepData

/// The training rows that a row stage looks at: the chosen columns, the target, and chance.
///
/// Rows are counted from 0 over all training rows, in their present order.
public final class TrainingView {
  /// The chosen columns, in table order.
  public let fields: [Field]
  /// How many training rows there are.
  public let count: Int
  /// The target; nil unless the stage is supervised.
  public let target: Answers.Target?
  /// Each row's target as a number, or the position of its class; empty unless supervised.
  public let targets: [Double]
  /// The threads that heavy work can be shared with; what comes of it must not depend on them.
  public let threads: SpareThreads
  private let table: TrainingTable
  private let chosen: [Int]
  private let seed: UInt64

  init(
    _ table: TrainingTable, _ chosen: [Int], _ supervision: Supervision?, seed: UInt64,
    threads: SpareThreads
  ) {
    self.threads = threads
    self.table = table
    self.chosen = chosen
    self.seed = seed
    fields = chosen.map { table.columns[$0].field }
    count = table.rows.trainCount
    target = supervision?.target
    targets = supervision.map { Array($0.values.joined()) } ?? []
  }

  /// The number of each row's record in the input; a repeated row keeps it.
  public var records: [Int] {
    table.rows.train.flatMap { rows in (0..<rows.count).map { rows[$0] } }
  }

  /// All values of a chosen column, by its position in `fields`; a copy of its own.
  public func column(_ position: Int) throws(PrepError) -> Column {
    try table.joined(table.columns[chosen[position]])
  }

  /// Calls `body` with the chosen columns block by block (slot i is `fields[i]`), and with the
  /// position of the block's first row.
  public func forEachBlock(
    _ body: (Block, _ first: Int) throws(PrepError) -> Void
  ) throws(PrepError) {
    var first = 0
    for (part, rows) in table.rows.train.enumerated() {
      let block = Block(slots: chosen.count)
      block.rows = rows
      for (slot, index) in chosen.enumerated() {
        block.columns[slot] = try table.cache.view(table.columns[index].train[part])
      }
      try body(block, first)
      first += rows.count
    }
  }

  /// A random number for each row, by the pipeline's seed, a purpose and the row's record number;
  /// the further copies of a repeated row get others.
  ///
  /// h = XXH64(record, seed xor XXH64(purpose)), so that nothing depends on how rows are
  /// partitioned.
  public func chance(_ purpose: String) -> [UInt64] {
    let hash = RowHash(seed: seed, purpose: purpose)
    var copies: [Int: UInt64] = [:]
    return records.map { record in
      let copy = copies[record, default: 0]
      copies[record] = copy + 1
      return hash.of(record: record, copy: copy)
    }
  }
}
