/// A function of a category's value, computed once per distinct value and looked up by code.
///
/// A worker keeps one per kernel: `update` extends it where the dictionary has grown and starts
/// over where it is another one, so that a row costs one array look-up. Slot 0 is for missing.
public struct CodeTable<Value> {
  /// The value for each code, shifted by one: the value for a missing row comes first.
  public private(set) var values: [Value]
  private var levels: Levels?

  /// A table that gives `missing` for code -1.
  public init(missing: Value) { values = [missing] }

  /// Whether the values would all be computed anew for a dictionary.
  public func startsOver(with levels: Levels) -> Bool {
    self.levels !== levels || levels.count < values.count - 1
  }

  /// Computes the values of codes that are new in `levels`.
  public mutating func update(_ levels: Levels, _ function: (Span<UInt8>) -> Value) {
    if startsOver(with: levels) {
      values.removeLast(values.count - 1)
      self.levels = levels
    }
    guard values.count - 1 < levels.count else { return }
    let strings = levels.strings
    let all = strings.bytes.span
    for code in (values.count - 1)..<levels.count {
      values.append(function(all.extracting(strings.range(code))))
    }
  }

  /// The value for `code`; -1 is missing.
  @inlinable public subscript(code: Int32) -> Value { values[Int(code) &+ 1] }
}
