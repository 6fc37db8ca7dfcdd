import DLPrepData
public import DLPrepPipeline

/// The last numbers of one column in one group, the latest first: whole ones as such, until a
/// decimal comes up.
public struct PastNumbers: SavedByFields {
  /// Whole numbers; missing ones are nil.
  public var integers: [Int?] = []
  /// Numbers, from the first decimal on.
  public var floats: [Double?] = []
  /// Whether a decimal came up.
  public var isFloat = false
  /// Everything at its default.
  public init() {}
  /// How it is saved.
  public static let fields: [SavedField<Self>] = [
    .init("integers", \.integers), .init("floats", \.floats), .init("is_float", \.isFloat),
  ]

  /// Takes numbers from now on, not only whole ones.
  mutating func becomeFloat() {
    guard !isFloat else { return }
    isFloat = true
    floats = integers.map { $0.map { Double($0) } }
    integers = []
  }

  /// The number `back` rows before the next one; nil where there is none.
  func number(_ back: Int) -> Double? {
    if isFloat { return back <= floats.count ? floats[back - 1] : nil }
    return integer(back).map { Double($0) }
  }

  /// The whole number `back` rows before the next one; nil where there is none.
  func integer(_ back: Int) -> Int? { back <= integers.count ? integers[back - 1] : nil }

  /// Puts the number of a row of a column before the others, and keeps no more than `limit`.
  mutating func push(_ column: Column, _ row: Int, limit: Int) {
    let isMissing = column.missing[row]
    if isFloat {
      let number = column.storage == .floats ? column.floats[row] : Double(column.integers[row])
      floats.insert(isMissing ? nil : number, at: 0)
      if floats.count > limit { floats.removeLast() }
    } else {
      integers.insert(isMissing ? nil : Int(column.integers[row]), at: 0)
      if integers.count > limit { integers.removeLast() }
    }
  }
}

extension Column {
  /// Brings the states of a block's groups to what this column holds: whether all of them, and the
  /// column, hold whole numbers.
  func isWhole(_ states: inout [PastNumbers], _ rows: GroupedRows) -> Bool {
    if storage == .integers, !rows.groups.contains(where: { states[$0].isFloat }) { return true }
    for group in rows.groups { states[group].becomeFloat() }
    return false
  }
}

extension Column {
  /// The number of a row, zero without a sign; nil where it is missing.
  func number(_ row: Int) -> Double? {
    if missing[row] { return nil }
    let number = storage == .floats ? floats[row] + 0 : Double(integers[row])
    return number.isNaN ? nil : number
  }

  /// Puts a number into a row; missing where there is none.
  func put(_ number: Double?, _ row: Int) {
    if let number, !number.isNaN { floats[row] = number } else { missing[row] = true }
  }
}
