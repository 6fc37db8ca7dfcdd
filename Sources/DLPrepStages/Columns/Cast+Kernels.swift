import DLPrepData
import DLPrepPipeline

extension Cast {
  private func finding(_ type: DataType) -> UnknownFinding {
    UnknownFinding(
      kind: onError == .reject ? "rejected" : "made missing", code: .cast,
      expected: "a value of type \(type.name)",
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
      let inexact = column.inexactRows(type, target)
      for row in inexact {
        let found = "expected \(finding.expected), found '\(printed(column, row, type))'"
        switch action {
        case .fail where block.removed?[row] != true:
          run.fail(row, of: block, .cast, found, hint: finding.hint)
        case .reject: run.reject(row, of: block, .cast, found)
        case .missing: column.missing[row] = true
        case .fail, .value: break
        }
      }
      run.count(finding.kind, inexact.count)
      column.convert(to: target)
    }
  }
}

extension Column {
  /// The rows whose value another type can't hold.
  fileprivate func inexactRows(_ type: DataType, _ target: DataType) -> [Int] {
    let (integers, floats) = (integers, floats)
    let day = Int64(microsecondsOfDay)
    return switch (type, target, storage) {
    case (.timestamp, .date, _): rows { integers[$0] % day != 0 }
    case (.date, .timestamp, _):
      rows { integers[$0].multipliedReportingOverflow(by: day).overflow }
    case (_, .bool, .integers): rows { integers[$0] != 0 && integers[$0] != 1 }
    case (_, .bool, _): rows { floats[$0] != 0 && floats[$0] != 1 }
    case (_, .float, .integers): rows { integers[$0].magnitude > 1 << 53 }
    case (_, .integer, .floats): rows { Int64(exactly: floats[$0]) == nil }
    default: []
    }
  }

  private func rows(_ condition: (Int) -> Bool) -> [Int] {
    let missing = missing
    return (0..<count).filter { !missing[$0] && condition($0) }
  }

  /// Changes the type; values that aren't exact become anything.
  fileprivate func convert(to target: DataType) {
    let rows = 0..<count
    let (old, floats) = (integers, floats)
    switch (target, storage) {
    case (.date, _):
      integers = rows.map { Int64(floorDivide(Int(old[$0]), microsecondsOfDay)) }
    case (.timestamp, _): integers = rows.map { old[$0] &* Int64(microsecondsOfDay) }
    case (.float, _): convertToFloats()
    case (.bool, .integers):
      become(.flags)
      flags = rows.map { old[$0] == 0 ? 0 : 1 }
    case (.bool, _):
      become(.flags)
      flags = rows.map { floats[$0] == 0 ? 0 : 1 }
    case (.integer, .floats):
      become(.integers)
      integers = rows.map { Int64(exactly: floats[$0]) ?? 0 }
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
