import DLPrepData
import DLPrepPipeline

extension Cast {
  private func finding(_ type: DataType) -> UnknownFinding {
    UnknownFinding(
      kind: "made missing", code: .cast, expected: "a value of type \(type.name)",
      hint: "on_error: null makes it missing")
  }

  private var action: UnknownAction {
    switch onError {
    case .error: .fail
    case .null: .missing
    case .reject: .reject
    }
  }

  /// From text or categories: each distinct value is read once.
  func parsing(to type: DataType, _ slots: Slots) -> Kernel {
    let slot = slots.input
    switch type {
    case .float:
      let map = map(to: type, 0.0)
      return { block, run in
        map.read(slot, of: block, run, parsedNumber)
        map.store(in: block.columns[slot])
      }
    case .integer, .date, .timestamp:
      let map = map(to: type, Int64(0))
      let read =
        type == .integer ? parsedInteger : type == .date ? parsedDate : parsedTimestamp
      return { block, run in
        map.read(slot, of: block, run, read)
        map.store(in: block.columns[slot])
      }
    case .bool:
      let map = map(to: type, UInt8(0))
      return { block, run in
        map.read(slot, of: block, run, parsedBool)
        map.store(in: block.columns[slot])
      }
    case .category, .text, .vector:
      let map = map(to: type, Int32(-1))
      return { block, run in
        map.read(slot, of: block, run) { map.made.intern($0) }
        let column = block.columns[slot]
        if type == .text { map.storeText(in: column) } else { map.storeCategory(in: column) }
      }
    }
  }

  private func map<Value>(to type: DataType, _ none: Value) -> CategoryMap<Value> {
    CategoryMap(missing: none, .keep, unknown: none, action, finding(type))
  }

  /// To text or categories, as tables are written: 3.0 for floats, ISO 8601 for dates.
  func printing(_ type: DataType, to target: DataType, _ slots: Slots) -> Kernel {
    var made = Levels()
    return { block, _ in
      let column = block.columns[slots.input]
      let missing = column.missing
      var words = ByteStrings()
      for row in 0..<column.count {
        words.append(missing[row] ? [] : Array(printed(column, row, type).utf8))
      }
      column.prepare(target == .text ? .text : .codes, count: column.count)
      column.missing = missing
      if target == .text {
        column.text = words
        return
      }
      if made.byteCount > CodeReader.limit { made = Levels() }
      let bytes = words.bytes
      for row in 0..<column.count {
        column.codes[row] =
          missing[row] ? -1 : made.intern(bytes.span.extracting(words.range(row)))
      }
      column.levels = made
    }
  }

  /// Between numbers, bools and dates.
  func converting(_ type: DataType, to target: DataType, _ slots: Slots) -> Kernel {
    let action = action
    let finding = finding(target)
    return { block, run in
      let column = block.columns[slots.input]
      if column.storage == .flags { column.convertToFloats() }
      var lost = 0
      for row in 0..<column.count where !column.missing[row] && !column.holds(row, type, target) {
        lost += 1
        let found = "expected \(finding.expected), found '\(printed(column, row, type))'"
        switch action {
        case .fail where block.removed?[row] != true:
          run.fail(row, of: block, .cast, found, hint: finding.hint)
        case .reject: run.reject(row, of: block, .cast, found)
        case .missing: column.missing[row] = true
        case .fail, .value: break
        }
      }
      run.count(finding.kind, lost)
      column.convert(type, to: target)
    }
  }
}

extension Column {
  /// Whether a value is exact in another type.
  fileprivate func holds(_ row: Int, _ type: DataType, _ target: DataType) -> Bool {
    switch (type, target) {
    case (.timestamp, .date): floorModulo(Int(integers[row]), microsecondsOfDay) == 0
    case (.date, .timestamp):
      !integers[row].multipliedReportingOverflow(by: Int64(microsecondsOfDay)).overflow
    case (_, .bool) where storage == .integers: integers[row] == 0 || integers[row] == 1
    case (_, .bool): floats[row] == 0 || floats[row] == 1
    case (_, .float) where storage == .integers: integers[row].magnitude <= 1 << 53
    case (_, .integer) where storage == .floats: Int64(exactly: floats[row]) != nil
    default: true
    }
  }

  /// Changes the type; values that aren't exact become anything.
  fileprivate func convert(_ type: DataType, to target: DataType) {
    let rows = 0..<count
    switch (target, storage) {
    case (.date, _):
      for row in rows { integers[row] = Int64(floorDivide(Int(integers[row]), microsecondsOfDay)) }
    case (.timestamp, _):
      for row in rows { integers[row] = integers[row] &* Int64(microsecondsOfDay) }
    case (.float, _): convertToFloats()
    case (.bool, .integers):
      become(.flags)
      for row in rows { flags[row] = integers[row] == 0 ? 0 : 1 }
    case (.bool, _):
      become(.flags)
      for row in rows { flags[row] = floats[row] == 0 ? 0 : 1 }
    case (.integer, .floats):
      become(.integers)
      for row in rows { integers[row] = Int64(exactly: floats[row]) ?? 0 }
    default: break
    }
  }
}

/// A value as tables are written.
func printed(_ column: Column, _ row: Int, _ type: DataType) -> String {
  switch (type, column.storage) {
  case (.date, _): printedDate(Int(column.integers[row]))
  case (.timestamp, _): printedTimestamp(Int(column.integers[row]))
  case (_, .integers): "\(column.integers[row])"
  case (_, .flags): "\(column.flags[row])"
  case (.integer, _), (.bool, _):
    Int64(exactly: column.floats[row]).map { "\($0)" } ?? "\(column.floats[row])"
  default: "\(column.floats[row])"
  }
}
