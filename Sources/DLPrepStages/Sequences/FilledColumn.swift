import DLPrepData

/// A column on its way through `fill`: values are put into missing rows, in the rows' order.
final class FilledColumn {
  private let column: Column
  /// What becomes of text: strings can't be changed in place.
  private var text = ByteStrings()

  init(_ column: Column) { self.column = column }

  /// Leaves a row as it is.
  func keep(_ row: Int) {
    if column.storage == .text { text.append(column.text, row) }
  }

  /// Puts the value of another row of this column into a row.
  func fill(_ row: Int, from other: Int) { fill(row, from: column, other) }

  /// Puts the value of a row of a column of the same kind into a row; floats into floats only.
  func fill(_ row: Int, from other: Column, _ from: Int) {
    switch column.storage {
    case .floats:
      column.floats[row] =
        other.storage == .floats ? other.floats[from] : Double(other.integers[from])
    case .integers: column.integers[row] = other.integers[from]
    case .flags: column.flags[row] = other.flags[from]
    case .codes:
      let code = Int(other.codes[from])
      if let levels = other.levels, levels !== column.levels, other !== column {
        column.codes[row] = self.code(of: levels[code])
      } else {
        column.codes[row] = Int32(code)
      }
    case .text: text.append(other.text, from)
    case .sparse: break
    }
    column.missing[row] = false
  }

  /// Puts the value of an earlier block into a row; false where there was none.
  func fill(_ row: Int, from state: Fill.State) -> Bool {
    switch column.storage {
    case .floats:
      guard let number = state.number ?? state.integer.map({ Double($0) }) else { return false }
      column.floats[row] = number
    case .integers:
      guard let integer = state.integer else { return false }
      column.integers[row] = Int64(integer)
    case .flags:
      guard let integer = state.integer else { return false }
      column.flags[row] = integer == 0 ? 0 : 1
    case .codes:
      guard state.text.count > 0 else { return false }
      column.codes[row] = code(of: state.text[0])
    case .text:
      guard state.text.count > 0 else { return false }
      text.append(state.text, 0)
    case .sparse: return false
    }
    column.missing[row] = false
    return true
  }

  /// Keeps a row's value for later blocks.
  func save(_ row: Int, in state: inout Fill.State) {
    (state.integer, state.number) = (nil, nil)
    state.text.removeAll()
    switch column.storage {
    case .floats: state.number = column.floats[row]
    case .integers: state.integer = Int(column.integers[row])
    case .flags: state.integer = Int(column.flags[row])
    case .codes: if let levels = column.levels { state.text.append(levels[Int(column.codes[row])]) }
    case .text: state.text.append(text, row)
    case .sparse: break
    }
  }

  /// Takes over the text.
  func end() {
    if column.storage == .text { column.text = text }
  }

  /// The code of a string; where the column's dictionary lacks it, the column gets one of its own,
  /// because others may share the old one.
  private func code(of string: [UInt8]) -> Int32 {
    if let code = column.levels?.code(of: string.span) { return code }
    let levels = Levels()
    if let old = column.levels { levels.add(old) }
    column.levels = levels
    return levels.intern(string.span)
  }
}
