package import DLPrepData

/// The work of a sequence step on the blocks of one run: they go in in their order and come out in
/// it, some of them later.
package protocol SequenceWork: AnyObject {
  /// Whether blocks may be held back.
  var looksAhead: Bool { get }
  /// Takes the next block in; the context hears what is wrong with it.
  func take(_ block: Block, _ run: RunContext)
  /// Works on the earliest block; false where there is none, or it waits for later rows.
  func release(_ run: RunContext) -> Bool
  /// Says that no more blocks come.
  func end()
}

/// One run of a sequence stage over rows in their order: the groups seen so far, and each group's
/// states.
final class SequenceRun<S: SequenceStage>: SequenceWork {
  private let stage: S
  private let columns: [SequenceColumn]
  private let keySlots: [Int]
  private let orderSlot: Int
  private let index: GroupIndex
  private var last: [Double]
  private var states: [[S.State]]
  private var ahead: RowsAhead?
  /// The block that was taken in, where none is held back.
  private var taken: (block: Block, rows: GroupedRows)?

  init(
    _ stage: S, _ columns: [SequenceColumn], keys: [Int], order: Int,
    from carried: CarriedState<S.State>?
  ) {
    self.stage = stage
    self.columns = columns
    keySlots = keys
    orderSlot = order
    index = GroupIndex(width: keys.count, grows: true)
    if let carried { index.add(carried.keys) }
    last = carried?.last ?? []
    states = carried?.states ?? columns.map { _ in [] }
    ahead = stage.lookAhead.map { RowsAhead($0, slots: columns.map(\.slots.input)) }
  }

  var looksAhead: Bool { ahead != nil }

  func take(_ block: Block, _ run: RunContext) {
    // What an earlier step has sent away is no row of the sequence, as in training.
    block.dropRemoved()
    let groups = index.groups(of: block, keySlots)
    let order = block.columns[orderSlot].numbers()
    guard isInOrder(block, groups, order, run) else { return }
    for column in columns {
      if let source = column.copyFrom {
        block.columns[column.slots.input].assign(block.columns[source])
      }
    }
    let rows = GroupedRows(groups: groups, order: order, groupCount: index.count)
    if ahead == nil {
      taken = (block, rows)
    } else if let late = ahead?.take(block, rows), let limit = stage.lookAhead?.rows {
      run.column = ""
      run.fail(
        late.row, of: late.block, .limit,
        "expected the next value of the row's group within \(limit) rows, found none",
        hint: "raise 'look_ahead', bound the gaps that are filled, or bring the rows of a group "
          + "together")
    }
  }

  func release(_ run: RunContext) -> Bool {
    if let (block, rows) = taken {
      taken = nil
      for i in columns.indices { work(block, i, rows, run) }
      return true
    }
    guard let (held, later) = ahead?.release() else { return false }
    for i in columns.indices {
      var rows = held.rows
      rows.later = later[i]
      work(held.block, i, rows, run)
    }
    return true
  }

  func end() { ahead?.end() }

  private func work(_ block: Block, _ i: Int, _ rows: GroupedRows, _ run: RunContext) {
    let column = columns[i]
    run.column = column.field.sources.first ?? column.field.name
    let new = rows.groupCount - states[i].count
    if new > 0 {
      let fresh = stage.start(column.field)
      states[i].append(contentsOf: repeatElement(fresh, count: new))
    }
    stage.work(block, column.slots, for: column.field, rows, &states[i], run)
  }

  /// Whether every row comes after the earlier ones of its group; else the first that doesn't fails.
  private func isInOrder(
    _ block: Block, _ groups: [Int], _ order: [Double], _ run: RunContext
  ) -> Bool {
    let name = stage.orderBy ?? ""
    run.column = name
    let hint = "sort the input; in training a step before may: sort: {columns: [\(name)]}"
    if index.count > last.count {
      last.append(contentsOf: repeatElement(-.infinity, count: index.count - last.count))
    }
    let missing = block.columns[orderSlot].missing
    for row in 0..<block.count {
      if missing[row] {
        run.fail(
          row, of: block, .order, "expected a value in '\(name)' to order by, found none",
          hint: "drop such rows before, or fill them in")
        return false
      }
      if order[row] < last[groups[row]] {
        let of = stage.groupColumns.isEmpty ? "" : " of its group"
        run.fail(
          row, of: block, .order,
          "expected rows\(of) in the order of '\(name)', found one that belongs before an earlier "
            + "one", hint: hint)
        return false
      }
      last[groups[row]] = order[row]
    }
    return true
  }

  /// The groups as they now stand, in the order of their keys.
  func carried() -> CarriedState<S.State> {
    let tuples = index.tuples()
    let sorted = tuples.indices.sorted { GroupKeys.precedes(tuples[$0], tuples[$1]) }
    var carried = CarriedState<S.State>()
    carried.keys = GroupKeys(sorted.map { tuples[$0] })
    carried.last = sorted.map { last[$0] }
    carried.states = states.map { states in sorted.map { states[$0] } }
    return carried
  }
}
