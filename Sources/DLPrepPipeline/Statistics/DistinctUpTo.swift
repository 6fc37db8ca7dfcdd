/// A type of column whose distinct values can be counted.
package protocol DistinctValue: BitwiseCopyable, Comparable, Sendable {
  /// The same for equal values, and ascending with them.
  var distinctKey: UInt64 { get }

  /// The value with this key.
  init(distinctKey: UInt64)
}

extension Double: DistinctValue {
  /// The order-preserving key; −0.0 and 0.0 are one value.
  package var distinctKey: UInt64 { SortKey.of(self) }

  /// The double with this key.
  package init(distinctKey: UInt64) { self = SortKey.double(distinctKey) }
}

extension Int64: DistinctValue {
  /// The order-preserving key.
  package var distinctKey: UInt64 { SortKey.of(self) }

  /// The integer with this key.
  package init(distinctKey: UInt64) { self = SortKey.integer(distinctKey) }
}

/// The distinct values of a column with their counts, given up as soon as there are too many.
///
/// Answers `binary` and `cardinality <= 20` in one sweep that costs nothing once the limit is
/// passed. −0.0 and 0.0 are one value.
package struct DistinctUpTo<Value: DistinctValue>: Sendable {
  /// How many distinct values are kept at most.
  package let limit: Int
  /// Whether there were more distinct values than `limit`; there are no answers then.
  private(set) package var isExceeded = false

  private var table = KeyCounts()

  /// Starts counting; at most `limit` values are ever held.
  package init(limit: Int) { self.limit = limit }

  /// Counts the values that aren't missing: bit `i & 63` of word `i >> 6` set is missing.
  package mutating func observe(_ values: Span<Value>, missing: Span<UInt64>? = nil) {
    // In pieces, so that a column of many values is given up early.
    forEachPiece(of: values, missing: missing, size: 256) { values, missing in
      if isExceeded { return }
      forEachPresent(in: values, missing: missing) { table.add($0.distinctKey, 1) }
      giveUpAboveLimit()
    }
  }

  /// Adds what was counted in another part of the rows.
  package mutating func merge(_ other: DistinctUpTo) {
    if other.isExceeded { isExceeded = true }
    if isExceeded {
      table = KeyCounts()
      return
    }
    for (key, count) in other.table.entries { table.add(key, count) }
    giveUpAboveLimit()
  }

  /// How many distinct values there are; `nil` above the limit.
  package var count: Int? { isExceeded ? nil : table.count }

  /// The distinct values, ascending, each with how often it occurs; `nil` above the limit.
  package var values: [(value: Value, count: Int)]? {
    if isExceeded { return nil }
    let sorted = table.entries.sorted { $0.key < $1.key }
    return sorted.map { (value: Value(distinctKey: $0.key), count: $0.count) }
  }

  private mutating func giveUpAboveLimit() {
    guard table.count > limit else { return }
    isExceeded = true
    table = KeyCounts()
  }
}

/// Counts by key: open addressing with a seed of its own, so that no input can make it slow.
private struct KeyCounts: Sendable {
  private var keys: [UInt64]
  private var counts: [Int]
  private var shift: UInt64
  private let seed: UInt64
  private(set) var count = 0

  init() {
    keys = Array(repeating: 0, count: 16)
    counts = Array(repeating: 0, count: 16)
    shift = 60
    seed = .random(in: .min ... .max) | 1
  }

  /// All keys with their counts, in no order that means anything.
  var entries: [(key: UInt64, count: Int)] {
    zip(keys, counts).filter { $0.1 > 0 }.map { (key: $0.0, count: $0.1) }
  }

  @inline(__always)
  mutating func add(_ key: UInt64, _ times: Int) {
    let mask = keys.count - 1
    var slot = home(key)
    while counts[slot] != 0 {
      if keys[slot] == key {
        counts[slot] &+= times
        return
      }
      slot = (slot + 1) & mask
    }
    insert(key, times, at: slot)
  }

  /// Multiplies and folds: the high half of the product depends on every bit of the key.
  @inline(__always)
  private func home(_ key: UInt64) -> Int {
    let (high, low) = (key ^ seed).multipliedFullWidth(by: seed)
    return Int(truncatingIfNeeded: ((high ^ low) &* 0x9e37_79b9_7f4a_7c15) >> shift)
  }

  private mutating func insert(_ key: UInt64, _ times: Int, at slot: Int) {
    keys[slot] = key
    counts[slot] = times
    count += 1
    guard count * 2 > keys.count else { return }
    let old = entries
    keys = Array(repeating: 0, count: keys.count * 2)
    counts = Array(repeating: 0, count: keys.count)
    shift -= 1
    count = 0
    for (key, times) in old { add(key, times) }
  }
}
