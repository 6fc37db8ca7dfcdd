public import DLPrepData
public import DLPrepPipeline

/// Gathers training rows in their order, for stages that compare rows or go over them many times.
///
/// The first sweep counts, the second one gathers: all rows, or some that a hash of their record
/// numbers chooses.
public struct GatheredRows: BlockSummary {
  /// The columns.
  private(set) var columns: [GatheredColumn]
  /// How many training rows there are.
  private(set) var rows = 0
  private let most: Int
  private var chosen: LowestHashes?
  private var isGathering = false

  /// All rows, as long as they hold no more than `numbers` numbers.
  init(of fields: [Field], numbers: Int) {
    columns = fields.map(GatheredColumn.init)
    most = numbers
  }

  /// At most `rows` rows with any value, chosen for a purpose.
  init(of fields: [Field], rows: Int, purpose: String) {
    columns = fields.map(GatheredColumn.init)
    most = rows
    chosen = LowestHashes(rows, purpose: purpose)
  }

  /// How many rows were gathered.
  var count: Int { columns.first?.values.count ?? 0 }

  /// Whether there are more rows than it may gather.
  var isTooLarge: Bool {
    let (numbers, overflow) = rows.multipliedReportingOverflow(by: columns.count)
    return chosen == nil && (overflow || numbers > most)
  }

  /// Counts, then gathers.
  public mutating func observe(
    _ block: Block, slots: [Int], target: [Double], threads: SpareThreads
  ) {
    if isGathering { gather(block, slots) } else { look(at: block, slots) }
  }

  private mutating func look(at block: Block, _ slots: [Int]) {
    rows += block.count
    for (i, slot) in slots.enumerated() { columns[i].look(at: block.columns[slot]) }
    guard chosen != nil else { return }
    for row in valued(block, slots) { chosen?.add(block.rows[row]) }
  }

  private mutating func gather(_ block: Block, _ slots: [Int]) {
    var rows = Array(0..<block.count)
    if let chosen {
      // Copies of a row have one hash: of those only as many as there is room for.
      rows = Array(
        valued(block, slots).filter { chosen.holds(block.rows[$0]) }.prefix(most - count))
    }
    for (i, slot) in slots.enumerated() { columns[i].append(block.columns[slot], rows: rows) }
  }

  /// The rows that aren't missing in all columns.
  private func valued(_ block: Block, _ slots: [Int]) -> [Int] {
    (0..<block.count).filter { row in slots.contains { !block.columns[$0].missing[row] } }
  }

  /// Adds what later rows gave.
  public mutating func merge(_ later: GatheredRows) {
    if isGathering {
      // All categories have their codes from the first sweep.
      let room = chosen == nil ? Int.max : most
      for i in columns.indices { columns[i].mergeValues(later.columns[i], most: room) }
    } else {
      rows += later.rows
      if let others = later.chosen { chosen?.merge(others) }
      for i in columns.indices { columns[i].mergeFacts(later.columns[i]) }
    }
  }

  /// Once: to gather.
  public mutating func needsAnotherSweep(threads: SpareThreads) -> Bool {
    if isGathering { return false }
    isGathering = true
    chosen?.trim()
    return !columns.isEmpty && rows > 0 && !isTooLarge
  }

  /// An error where there is nothing to learn from.
  func requireRows() throws(PrepError) {
    guard !columns.isEmpty, rows == 0 else { return }
    throw PrepError(.fit, "expected rows to learn from, found 0 rows")
  }
}
