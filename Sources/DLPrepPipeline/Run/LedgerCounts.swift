/// What one worker counted; workers' counts add up to the ledger.
package struct LedgerCounts {
  var dropped: [Int: Int] = [:]
  var added: [Int: Int] = [:]
  var rejected = 0
  var leftOut = 0
  var parts = (train: 0, test: 0)
  private var counts: [RunContext.Count: Int] = [:]

  /// Takes over all that a worker's context counted.
  mutating func add(_ run: RunContext) {
    dropped.merge(run.dropped, uniquingKeysWith: +)
    counts.merge(run.counts, uniquingKeysWith: +)
    rejected += run.rejectedRows
  }

  /// Adds rows of each part.
  mutating func add(_ rows: (train: Int, test: Int)) {
    parts.train += rows.train
    parts.test += rows.test
  }

  /// Adds another worker's counts.
  mutating func merge(_ other: LedgerCounts) {
    dropped.merge(other.dropped, uniquingKeysWith: +)
    added.merge(other.added, uniquingKeysWith: +)
    counts.merge(other.counts, uniquingKeysWith: +)
    rejected += other.rejected
    leftOut += other.leftOut
    add(other.parts)
  }

  /// The ledger of a run whose steps have the given addresses; read and written are yet to come.
  func ledger(_ steps: [String]) -> Ledger {
    var ledger = Ledger()
    ledger.rejected = rejected
    ledger.leftOut = leftOut
    ledger.trainRows = parts.train
    ledger.testRows = parts.test
    func entries(_ counts: [Int: Int], _ kind: String) -> [Ledger.Entry] {
      counts.sorted { $0.key < $1.key }.map {
        Ledger.Entry(step: steps[$0.key], column: "", kind: kind, count: $0.value)
      }
    }
    ledger.dropped = entries(dropped, "dropped")
    ledger.added = entries(added, "added")
    ledger.counts = counts.sorted { a, b in
      (a.key.step, a.key.column, a.key.kind) < (b.key.step, b.key.column, b.key.kind)
    }.map {
      Ledger.Entry(
        step: steps[$0.key.step], column: $0.key.column, kind: $0.key.kind, count: $0.value)
    }
    return ledger
  }
}
