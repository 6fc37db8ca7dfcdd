public import DLPrepData

/// Tells the group of each row by the values of its key columns; a worker keeps one per kernel.
public final class GroupIndex {
  private var keys: [KeyCodes] = []
  private let grows: Bool
  /// The number of each value of the first key, by its code plus one.
  private var first: [Int] = []
  /// For each further key: the number of each pair of what was before and its code.
  private var further: [[Pair: Int]] = []
  /// The codes of each group, key by key.
  private var members: [[Int32]] = []

  private struct Pair: Hashable {
    var before: Int
    var code: Int32
  }

  /// Looks groups up that are known; others are -1.
  public convenience init(_ keys: GroupKeys) {
    self.init(width: keys.tuples.first?.count ?? 0, grows: false)
    add(keys)
  }

  /// Numbers groups as they come: 0, 1, ...
  init(width: Int, grows: Bool) {
    self.grows = grows
    keys = (0..<width).map { _ in KeyCodes() }
    further = Array(repeating: [:], count: max(0, width - 1))
  }

  /// How many groups there are.
  public var count: Int { members.count }

  /// Adds known groups.
  func add(_ known: GroupKeys) {
    for tuple in known.tuples {
      _ = number(zip(keys, tuple).map { key, value in key.code(of: value) }, adds: true)
    }
  }

  /// The group of each row of a block, whose key columns stand in `slots`.
  public func groups(of block: Block, _ slots: [Int]) -> [Int] {
    groups(of: slots.map { block.columns[$0] }, count: block.count)
  }

  /// The group of each row, by its key columns.
  func groups(of columns: [Column], count rows: Int) -> [Int] {
    // Without keys all rows are one group.
    guard keys.count == columns.count, let only = columns.first else {
      if columns.isEmpty, members.isEmpty, grows { members = [[]] }
      return Array(repeating: columns.isEmpty && !members.isEmpty ? 0 : -1, count: rows)
    }
    if columns.count == 1 {
      return keys[0].codes(of: only, grows: grows).map { code in
        code == KeyCodes.unseen ? -1 : numberOfFirst(code, adds: grows)
      }
    }
    let codes = zip(keys, columns).map { key, column in key.codes(of: column, grows: grows) }
    return (0..<rows).map { row in number(codes.map { $0[row] }, adds: grows) }
  }

  /// The groups by their values, in the order of their numbers.
  func tuples() -> [[[UInt8]?]] {
    members.map { codes in zip(keys, codes).map { key, code in key.value(of: code) } }
  }

  private func number(_ codes: [Int32], adds: Bool) -> Int {
    guard let code = codes.first else {
      if members.isEmpty, adds { members = [[]] }
      return members.isEmpty ? -1 : 0
    }
    if codes.contains(KeyCodes.unseen) { return -1 }
    if codes.count == 1 { return numberOfFirst(code, adds: adds) }
    var number = Int(code)
    for (i, code) in codes.dropFirst().enumerated() {
      let pair = Pair(before: number, code: code)
      if let known = further[i][pair] {
        number = known
      } else {
        guard adds else { return -1 }
        number = further[i].count
        further[i][pair] = number
        if i == further.count - 1 { members.append(codes) }
      }
    }
    return number
  }

  private func numberOfFirst(_ code: Int32, adds: Bool) -> Int {
    let index = Int(code) + 1
    if index < first.count, first[index] >= 0 { return first[index] }
    guard adds else { return -1 }
    if index >= first.count {
      first.append(contentsOf: repeatElement(-1, count: index + 1 - first.count))
    }
    first[index] = members.count
    members.append([code])
    return first[index]
  }
}
