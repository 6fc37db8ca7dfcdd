/// Which rows of a block are missing: one bit a row, 1 is missing.
public struct Bitmap: Sendable, Equatable {
  /// The bits, row i in bit `i & 63` of word `i >> 6`; bits from `count` on are 0.
  public var words: [UInt64]
  /// How many rows it covers.
  public private(set) var count: Int

  /// Covers `count` rows, none of them missing.
  public init(count: Int = 0) {
    words = Array(repeating: 0, count: (count + 63) >> 6)
    self.count = count
  }

  /// Whether row `row` is missing.
  @inlinable public subscript(row: Int) -> Bool {
    get { words[row >> 6] &>> UInt64(row & 63) & 1 == 1 }
    set {
      let bit = (1 as UInt64) &<< UInt64(row & 63)
      if newValue { words[row >> 6] |= bit } else { words[row >> 6] &= ~bit }
    }
  }

  /// Whether any row is missing.
  public var any: Bool { words.contains { $0 != 0 } }

  /// How many rows are missing.
  public var total: Int { words.reduce(0) { $0 + $1.nonzeroBitCount } }

  /// Starts over: covers `count` rows, none missing, on the same memory where it suffices.
  public mutating func reset(count: Int) {
    let needed = (count + 63) >> 6
    if words.count > needed { words.removeLast(words.count - needed) }
    for i in words.indices { words[i] = 0 }
    if words.count < needed {
      words.append(contentsOf: repeatElement(0, count: needed - words.count))
    }
    self.count = count
  }

  /// Marks every row as missing.
  public mutating func fill() {
    for i in words.indices { words[i] = .max }
    if count & 63 != 0 { words[count >> 6] = (1 &<< UInt64(count & 63)) &- 1 }
  }

  /// Marks no row as missing.
  public mutating func clear() {
    for i in words.indices { words[i] = 0 }
  }

  /// Adds one row at the end.
  public mutating func append(_ isMissing: Bool) {
    if count & 63 == 0 { words.append(0) }
    count += 1
    if isMissing { self[count - 1] = true }
  }

  /// The rows at the given positions, in that order.
  public func gathered(_ rows: [Int]) -> Bitmap {
    var out = Bitmap(count: rows.count)
    for (i, row) in rows.enumerated() where self[row] { out[i] = true }
    return out
  }

  /// Calls `body` with every missing row, in order.
  @inlinable public func forEachMissing(_ body: (Int) -> Void) {
    for (i, word) in words.enumerated() where word != 0 {
      var rest = word
      while rest != 0 {
        body(i << 6 + rest.trailingZeroBitCount)
        rest &= rest &- 1
      }
    }
  }
}

extension Bitmap {
  /// Rows that are marked in either of two bitmaps of the same rows.
  public func union(_ other: Bitmap) -> Bitmap {
    var out = self
    for i in out.words.indices { out.words[i] |= other.words[i] }
    return out
  }
}
