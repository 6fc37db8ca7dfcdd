/// Rows of a wide vector by their entries that aren't zero: 12 bytes an entry, however wide.
public struct SparseRows: Sendable, Equatable {
  /// Where the entries of each row end; those of the next one start there.
  public private(set) var ends: [Int] = []
  /// By entry: the component that it belongs to, rising within a row.
  public var components: [Int32] = []
  /// By entry: its value.
  public var values: [Double] = []
  /// Whether all values are whole numbers, by what they mean: they are written as such.
  public var isWhole = false

  /// No row yet.
  public init(isWhole: Bool = false) { self.isWhole = isWhole }

  /// Rows as they were taken apart.
  public init(ends: [Int], components: [Int32], values: [Double], isWhole: Bool) {
    self.ends = ends
    self.components = components
    self.values = values
    self.isWhole = isWhole
  }

  /// How many rows there are.
  public var count: Int { ends.count }

  /// Where the entries of a row stand.
  @inlinable public func range(_ row: Int) -> Range<Int> {
    (row == 0 ? 0 : ends[row - 1])..<ends[row]
  }

  /// Where the entries of the row that isn't ended yet stand.
  public var open: Range<Int> { (ends.last ?? 0)..<values.count }

  /// Adds an entry to the row that isn't ended yet.
  public mutating func append(_ component: Int32, _ value: Double) {
    components.append(component)
    values.append(value)
  }

  /// Ends a row.
  public mutating func endRow() { ends.append(values.count) }

  /// Adds a row of others at the end.
  public mutating func append(_ other: SparseRows, _ row: Int) {
    let range = other.range(row)
    components.append(contentsOf: other.components[range])
    values.append(contentsOf: other.values[range])
    endRow()
  }

  /// Forgets all rows, keeping the memory.
  public mutating func removeAll() {
    ends.removeAll(keepingCapacity: true)
    components.removeAll(keepingCapacity: true)
    values.removeAll(keepingCapacity: true)
  }

  /// The rows at the given positions, in that order.
  public func gathered(_ rows: some Collection<Int>) -> SparseRows {
    var out = SparseRows(isWhole: isWhole)
    out.ends.reserveCapacity(rows.count)
    for row in rows { out.append(self, row) }
    return out
  }

  /// A component of a row; 0 where it has no entry.
  public func value(_ row: Int, _ component: Int) -> Double {
    let range = range(row)
    guard let i = components[range].firstIndex(of: Int32(component)) else { return 0 }
    return values[i]
  }

  /// How many bytes of memory it takes.
  public var byteCount: Int { ends.count * 8 + values.count * 12 }

  /// The bytes of a row, by which it is told from others.
  package func key(_ row: Int) -> [UInt8] {
    range(row).flatMap { i in
      let word = values[i].bitPattern
      let component = UInt32(bitPattern: components[i])
      return (0..<4).map { UInt8(truncatingIfNeeded: component >> UInt32($0 * 8)) }
        + (0..<8).map { UInt8(truncatingIfNeeded: word >> UInt64($0 * 8)) }
    }
  }
}
