import DLPrepBytes

/// Chooses rows by chance: those with the lowest hashes of their record numbers.
///
/// Which rows these are depends on the records alone, never on how they are partitioned. It holds
/// twice as many hashes as rows are wanted at most.
struct LowestHashes: Sendable {
  private let wanted: Int
  private let seed: UInt64
  private var hashes: [UInt64] = []
  private(set) var bound = UInt64.max

  /// Chooses `wanted` rows for a purpose.
  init(_ wanted: Int, purpose: String) {
    self.wanted = wanted
    seed = XXH64.hash(purpose)
  }

  /// Whether a row is among the chosen ones, once all have been looked at.
  func holds(_ record: Int) -> Bool { hash(record) <= bound }

  /// Looks at a row.
  mutating func add(_ record: Int) {
    let hash = hash(record)
    guard hash <= bound else { return }
    hashes.append(hash)
    if hashes.count >= 2 * wanted { trim() }
  }

  /// Looks at the rows of another part.
  mutating func merge(_ other: LowestHashes) {
    hashes += other.hashes
    bound = min(bound, other.bound)
    trim()
  }

  /// Forgets all but the lowest.
  mutating func trim() {
    guard hashes.count > wanted else { return }
    hashes.sort()
    hashes.removeLast(hashes.count - wanted)
    bound = hashes.last ?? bound
  }

  private func hash(_ record: Int) -> UInt64 { XXH64.hash(number: UInt64(record), seed: seed) }
}
