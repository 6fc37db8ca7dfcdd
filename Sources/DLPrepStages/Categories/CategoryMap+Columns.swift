import DLPrepData

extension CategoryMap where Value == Double {
  /// Makes the column the floats that were worked out.
  func store(in column: Column) {
    column.prepare(.floats, count: column.count)
    exchange(&column.floats)
    column.missing = missing
  }
}

extension CategoryMap where Value == Int64 {
  /// Makes the column the integers that were worked out.
  func store(in column: Column) {
    column.prepare(.integers, count: column.count)
    exchange(&column.integers)
    column.missing = missing
  }
}

extension CategoryMap where Value == UInt8 {
  /// Makes the column the flags that were worked out.
  func store(in column: Column) {
    column.prepare(.flags, count: column.count)
    exchange(&column.flags)
    column.missing = missing
  }
}

extension CategoryMap where Value == Int32 {
  /// Makes the column a vector stored as codes: the component that is 1, or -1.
  func storeComponents(in column: Column) { store(in: column, nil) }

  /// Makes the column a category of what was made.
  func storeCategory(in column: Column) { store(in: column, made) }

  private func store(in column: Column, _ levels: Levels?) {
    column.prepare(.codes, count: column.count)
    exchange(&column.codes)
    column.missing = missing
    column.levels = levels
    column.missing.forEachMissing { column.codes[$0] = -1 }
  }

  /// Makes the column the text that was made.
  func storeText(in column: Column) {
    let count = column.count
    column.prepare(.text, count: count)
    let strings = made.strings
    for row in 0..<count {
      if values[row] < 0 || missing[row] {
        column.text.append([])
      } else {
        column.text.append(strings, Int(values[row]))
      }
    }
    column.missing = missing
  }
}
