import DLPrepData
import DLPrepPipeline

/// The values that categories were keyed by, as a column of the type that they had.
struct RestoredValues {
  private let type: DataType
  private let levels: Levels
  private let integers: [Int64?]

  /// Restores values that are keyed by these bytes.
  init(_ values: some Sequence<[UInt8]>, as type: DataType) {
    self.type = type
    levels = Levels(values)
    integers = levels.integers(as: type)
  }

  /// Makes the column hold the value with each row's number; -1 is missing.
  func store(_ numbers: [Int32], in column: Column) {
    let count = column.count
    let storage: Column.Storage =
      switch type {
      case .text: .text
      case .bool: .flags
      case .integer: .integers
      default: .codes
      }
    column.prepare(storage, count: count)
    column.levels = storage == .codes ? levels : nil
    let strings = levels.strings
    for row in 0..<count {
      let number = Int(numbers[row])
      let integer = number < 0 ? nil : integers[number]
      column.missing[row] = number < 0 || (storage != .codes && storage != .text && integer == nil)
      switch storage {
      case .text where number < 0: column.text.append([])
      case .text: column.text.append(strings, number)
      case .flags: column.flags[row] = UInt8(truncatingIfNeeded: integer ?? 0)
      case .integers: column.integers[row] = integer ?? 0
      default: column.codes[row] = numbers[row]
      }
    }
  }
}

extension Levels {
  /// The whole number that each string stands for, where the type is one of numbers.
  fileprivate func integers(as type: DataType) -> [Int64?] {
    let list = strings
    let all = list.bytes.span
    return (0..<count).map { code in
      let bytes = all.extracting(list.range(code))
      return switch type {
      case .bool: parsedBool(bytes).map(Int64.init)
      case .integer: parsedInteger(bytes)
      default: 0
      }
    }
  }
}

extension Block {
  /// The component that a row of a vector stands for, from its numbers in some slots: the largest
  /// above 0, the first of equal ones; nil where there is none.
  ///
  /// `rest` is what an implied component before all others has: that is -1.
  func largestComponents(_ slots: [Int], impliesFirst: Bool) -> [Int32] {
    for slot in slots { columns[slot].convertToFloats() }
    return (0..<count).map { row in
      var best: Int32 = -1
      var most = 0.0
      var sum = 0.0
      for (component, slot) in slots.enumerated() where !columns[slot].missing[row] {
        let value = columns[slot].floats[row]
        sum += value
        if value > most { (best, most) = (Int32(component), value) }
      }
      return impliesFirst && 1 - sum > most ? -1 : best
    }
  }
}
