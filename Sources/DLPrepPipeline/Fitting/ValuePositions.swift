import DLPrepData

/// Where the values of a column stand in a sorted list, as bytes; each distinct value is looked up
/// once for all parts of the column.
final class ValuePositions {
  private let values: SortedStrings
  private var table = CodeTable<Int32>(missing: -1)
  private var integers: [Int64: Int32] = [:]

  /// Positions in a list that is sorted by bytes.
  init(_ values: ByteStrings) { self.values = SortedStrings(values) }

  /// The position of each row's value; -1 where it is missing or not in the list.
  func of(_ column: Column) -> [Int32] {
    let count = column.count
    let missing = column.missing
    switch column.storage {
    case .codes:
      let codes = column.codes
      guard let levels = column.levels else {
        return (0..<count).map { position(Int64(codes[$0])) }
      }
      table.update(levels) { Int32(values.index(of: $0) ?? -1) }
      let table = table
      return (0..<count).map { table[codes[$0]] }
    case .text:
      let strings = column.text
      let bytes = strings.bytes.span
      var positions = [Int32](repeating: -1, count: count)
      for row in 0..<count where !missing[row] {
        positions[row] = Int32(values.index(of: bytes.extracting(strings.range(row))) ?? -1)
      }
      return positions
    case .integers:
      return (0..<count).map { missing[$0] ? -1 : position(column.integers[$0]) }
    case .flags: return (0..<count).map { missing[$0] ? -1 : position(Int64(column.flags[$0])) }
    case .sparse: return Array(repeating: -1, count: column.count)
    case .floats:
      return (0..<count).map { missing[$0] ? -1 : position(column.floats[$0].keyText) }
    }
  }

  private func position(_ text: String) -> Int32 {
    let bytes = Array(text.utf8)
    return Int32(values.index(of: bytes.span) ?? -1)
  }

  private func position(_ integer: Int64) -> Int32 {
    if let position = integers[integer] { return position }
    let found = position(integer.description)
    integers[integer] = found
    return found
  }
}
