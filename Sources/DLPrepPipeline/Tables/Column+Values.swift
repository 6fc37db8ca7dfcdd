import DLPrepData

extension Column {
  /// The buffer that values of a type stand in.
  static func storage(of type: DataType) -> Storage {
    switch type {
    case .integer, .date, .timestamp: .integers
    case .float: .floats
    case .bool: .flags
    case .category, .vector: .codes
    case .text: .text
    }
  }

  /// Makes every row missing.
  func fillMissing(_ type: DataType, count: Int) {
    prepare(Self.storage(of: type), count: count)
    if storage == .text { for _ in 0..<count { text.append(EmptyCollection<UInt8>()) } }
    if storage == .codes {
      levels = Levels()
      for row in 0..<count { codes[row] = -1 }
    }
    missing.fill()
  }

  /// Takes rows of a table's column; false where the types don't fit.
  func fill(
    _ values: Table.Values, _ rows: Range<Int>, as type: CellType, _ dictionary: Levels
  )
    -> Bool
  {
    prepare(Self.storage(of: type.dataType), count: rows.count)
    switch (values, type) {
    case (.integer(let values), .integer), (.integer(let values), .date),
      (.integer(let values), .timestamp):
      each(values[rows]) { $0.integers[$1] = $2 }
    case (.integer(let values), .float):
      each(values[rows]) { $0.floats[$1] = Double($2) }
    case (.float(let values), .float):
      each(values[rows]) { $0.floats[$1] = $2 }
    case (.float(let values), .integer(takesDecimals: true)):
      become(.floats)
      each(values[rows]) { $0.floats[$1] = $2 }
    case (.bool(let values), .bool):
      each(values[rows]) { $0.flags[$1] = $2 ? 1 : 0 }
    case (.category(let values), .category), (.text(let values), .category):
      levels = dictionary
      each(values[rows]) { $0.codes[$1] = dictionary.intern($2) }
    case (.integer(let values), .category):
      levels = dictionary
      each(values[rows]) { $0.codes[$1] = dictionary.intern("\($2)") }
    case (.bool(let values), .category):
      levels = dictionary
      each(values[rows]) { $0.codes[$1] = dictionary.intern($2 ? "1" : "0") }
    case (.category(let values), .text), (.text(let values), .text):
      for (i, value) in values[rows].enumerated() {
        missing[i] = value == nil
        text.append((value ?? "").utf8)
      }
    default: return false
    }
    return true
  }

  private func each<Value>(_ values: ArraySlice<Value?>, _ set: (Column, Int, Value) -> Void) {
    for (i, value) in values.enumerated() {
      if let value {
        set(self, i, value)
      } else {
        missing[i] = true
        if storage == .codes { codes[i] = -1 }
      }
    }
  }

  /// The values as those of a table: dates as days, timestamps as microseconds, vectors as text.
  func tableValues(_ type: DataType) -> Table.Values {
    let rows = 0..<count
    switch storage {
    case .floats: return .float(rows.map { missing[$0] ? nil : floats[$0] })
    case .integers: return .integer(rows.map { missing[$0] ? nil : integers[$0] })
    case .flags: return .bool(rows.map { missing[$0] ? nil : flags[$0] == 1 })
    case .text:
      return .text(rows.map { missing[$0] ? nil : String(decoding: text[$0], as: UTF8.self) })
    case .codes:
      return .category(
        rows.map { row in key(row).map { String(decoding: $0, as: UTF8.self) } })
    case .sparse: return .float(rows.map { missing[$0] ? nil : Double(sparse.range($0).count) })
    }
  }

  /// A component of a vector; stored as codes, it is 1 where the code is the component.
  func tableValues(component: Int) -> Table.Values {
    if storage == .sparse {
      let values = (0..<count).map { missing[$0] ? nil : sparse.value($0, component) }
      return sparse.isWhole ? .integer(values.map { $0.map { Int64($0) } }) : .float(values)
    }
    return .integer((0..<count).map { missing[$0] ? nil : codes[$0] == Int32(component) ? 1 : 0 })
  }
}
