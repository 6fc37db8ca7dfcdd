import DLPrepData

/// The values of one key column as codes that mean the same in every block: by their bytes, so
/// that they don't depend on a block's dictionary, and 3 and 3.0 are one value.
final class KeyCodes {
  /// A value that isn't known.
  static let unseen: Int32 = -2
  /// A missing value.
  static let missing: Int32 = -1

  private let levels = Levels()
  private var table = CodeTable<Int32>(missing: KeyCodes.missing)
  private var integers: [Int64: Int32] = [:]

  /// The code of a value, which is added where it is new; nil is missing.
  func code(of value: [UInt8]?) -> Int32 {
    guard let value else { return Self.missing }
    return levels.intern(value.span)
  }

  /// The value of a code; nil is missing.
  func value(of code: Int32) -> [UInt8]? { code < 0 ? nil : levels[Int(code)] }

  /// The code of each row's value; where it doesn't grow, one that isn't known is `unseen`.
  func codes(of column: Column, grows: Bool) -> [Int32] {
    let levels = levels
    func code(_ bytes: Span<UInt8>) -> Int32 {
      grows ? levels.intern(bytes) : levels.code(of: bytes) ?? Self.unseen
    }
    func code(_ text: String) -> Int32 {
      let bytes = Array(text.utf8)
      return code(bytes.span)
    }
    func code(_ integer: Int64) -> Int32 {
      if let known = integers[integer] { return known }
      let found = code(integer.description)
      // Only what is known stays, so that memory is bounded.
      if found != Self.unseen { integers[integer] = found }
      return found
    }
    var codes = [Int32](repeating: Self.missing, count: column.count)
    switch column.storage {
    case .sparse: break
    case .codes:
      guard let own = column.levels else {
        for row in 0..<column.count { codes[row] = code(Int64(column.codes[row])) }
        return codes
      }
      table.update(own) { code($0) }
      for row in 0..<column.count { codes[row] = table[column.codes[row]] }
    case .text:
      let strings = column.text
      let bytes = strings.bytes.span
      for row in 0..<column.count where !column.missing[row] {
        codes[row] = code(bytes.extracting(strings.range(row)))
      }
    case .integers:
      for row in 0..<column.count where !column.missing[row] {
        codes[row] = code(column.integers[row])
      }
    case .flags:
      for row in 0..<column.count where !column.missing[row] {
        codes[row] = code(Int64(column.flags[row]))
      }
    case .floats:
      for row in 0..<column.count where !column.missing[row] {
        codes[row] = code(column.floats[row].keyText)
      }
    }
    return codes
  }
}
