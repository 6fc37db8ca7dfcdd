import DLPrepData

/// The rows of a sequence step that wait for the next value of their group, and the blocks in
/// which they and the rows after them are held back meanwhile.
struct RowsAhead {
  /// A block that is held back.
  final class Held {
    let block: Block
    let rows: GroupedRows
    /// The run's number of its first row.
    let first: Int
    /// For each column and row the number of the row with the next value, or one of those below.
    var next: [[Int]]
    /// How many rows of how many columns wait.
    var waiting = 0

    /// The row has a value, or there is none to wait for.
    static let none = -1
    /// Nothing is known yet.
    static let unknown = -2

    init(_ block: Block, _ rows: GroupedRows, first: Int, columns: Int) {
      self.block = block
      self.rows = rows
      self.first = first
      next = Array(repeating: Array(repeating: Held.none, count: block.count), count: columns)
    }
  }

  /// A row that waits: its number in the run and its place in the group.
  private struct Waiting {
    var number: Int
    var place: Int
  }

  private let ahead: LookAhead
  /// The slots of the columns.
  private let slots: [Int]
  private var held = Queue<Held>()
  /// For each column and group.
  private var waiting: [[Queue<Waiting>]]
  /// How many rows each group had.
  private var sizes: [Int] = []
  private var rowCount = 0

  init(_ ahead: LookAhead, slots: [Int]) {
    self.ahead = ahead
    self.slots = slots
    waiting = slots.map { _ in [] }
  }

  /// Holds a block back, and sees what its rows have been waited for.
  ///
  /// - Returns: the earliest row that waits for too long, with its block.
  mutating func take(_ block: Block, _ rows: GroupedRows) -> (row: Int, block: Block)? {
    var rows = rows
    let fresh = rows.groupCount - sizes.count
    sizes.append(contentsOf: repeatElement(0, count: fresh))
    rows.places = rows.groups.map { group in
      sizes[group] += 1
      return sizes[group] - 1
    }
    let own = Held(block, rows, first: rowCount, columns: slots.count)
    held.append(own)
    rowCount += block.count
    var late = Int.max
    for (i, slot) in slots.enumerated() {
      waiting[i].append(contentsOf: repeatElement(Queue(), count: fresh))
      let missing = block.columns[slot].missing
      for (row, group) in rows.groups.enumerated() {
        let (number, place) = (own.first + row, rows.places[row])
        if missing[row] {
          own.next[i][row] = Held.unknown
          own.waiting += 1
          waiting[i][group].append(Waiting(number: number, place: place))
        }
        while let first = waiting[i][group].first,
          !missing[row] || place - first.place >= ahead.reach
        {
          _ = waiting[i][group].popFirst()
          settle(first.number, column: i, missing[row] ? Held.none : number)
          if number - first.number > ahead.rows { late = min(late, first.number) }
        }
      }
    }
    if let first = held.first, first.waiting > 0, rowCount - first.first > ahead.rows {
      for next in first.next {
        guard let row = next.firstIndex(of: Held.unknown) else { continue }
        if rowCount - 1 - (first.first + row) > ahead.rows { late = min(late, first.first + row) }
      }
    }
    guard late < .max, let holder = holder(of: late) else { return nil }
    return (late - holder.first, holder.block)
  }

  /// No more rows come: none waits.
  mutating func end() {
    for i in waiting.indices {
      for group in waiting[i].indices {
        while let first = waiting[i][group].popFirst() {
          settle(first.number, column: i, Held.none)
        }
      }
    }
  }

  /// The earliest block, with the later values of each column, if none of its rows waits.
  mutating func release() -> (held: Held, later: [[LaterValue?]])? {
    guard let first = held.first, first.waiting == 0 else { return nil }
    let later = zip(slots, first.next).map { slot, next in
      next.map { number -> LaterValue? in
        guard number >= 0, let holder = holder(of: number) else { return nil }
        let row = number - holder.first
        return LaterValue(
          column: holder.block.columns[slot], row: row, order: holder.rows.order[row],
          place: holder.rows.places[row])
      }
    }
    _ = held.popFirst()
    return (first, later)
  }

  private func settle(_ number: Int, column: Int, _ next: Int) {
    guard let holder = holder(of: number) else { return }
    holder.next[column][number - holder.first] = next
    holder.waiting -= 1
  }

  /// The block that holds a row; mostly it is the last one.
  private func holder(of number: Int) -> Held? {
    if let last = held.last, last.first <= number { return last }
    guard held.count > 0 else { return nil }
    var (low, high) = (0, held.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if let block = held[middle], block.first <= number { low = middle } else { high = middle }
    }
    return held[low]
  }
}
