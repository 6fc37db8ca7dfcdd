import DLPrepData

/// Writes one value a row: a target, weight, group or part.
final class ArrayEncoder {
  private let array: TensorArray
  private let field: Field?
  /// The classes, sorted by bytes.
  private let classes: ByteStrings
  private var byCode = CodeTable<Int64>(missing: -1)

  private let groups: GroupEncoder?

  /// An encoder of one of the layout's arrays.
  init(_ array: TensorArray, _ layout: TensorLayout) {
    self.array = array
    let columns = [layout.target, layout.weight, layout.group].compactMap { $0 }
    field = columns.first { $0.slot == array.slot }?.field
    classes = ByteStrings(layout.classes)
    groups = layout.groups.map(GroupEncoder.init)
  }

  /// Replaces the contents of a buffer by the values of a block's rows.
  func encode(_ block: Block, into bytes: inout [UInt8]) throws(PrepError) {
    bytes.removeAll(keepingCapacity: true)
    switch array.source {
    case .number(let slot): numbers(block.columns[slot], block.count, &bytes)
    case .whole(let slot): try wholes(block, slot, &bytes)
    case .groups(let slot):
      let numbers = try groups?.numbers(block.columns[slot], rows: block.count) ?? []
      for number in numbers { add(UInt64(bitPattern: number), &bytes) }
    case .classes(let slot): try classNumbers(block, slot, &bytes)
    case .part(let slot):
      let column = block.columns[slot]
      for row in 0..<block.count { bytes.append(column.flags[row] != 0 ? 1 : 0) }
    }
  }

  private func add(_ bits: UInt64, _ bytes: inout [UInt8]) {
    for shift: UInt64 in [0, 8, 16, 24, 32, 40, 48, 56] {
      bytes.append(UInt8(truncatingIfNeeded: bits >> shift))
    }
  }

  private func numbers(_ column: Column, _ rows: Int, _ bytes: inout [UInt8]) {
    for row in 0..<rows {
      var value = Double.nan
      if !column.missing[row] {
        switch column.storage {
        case .floats: value = column.floats[row]
        case .integers: value = Double(column.integers[row])
        case .flags: value = Double(column.flags[row])
        case .codes, .text, .sparse: break
        }
      }
      add(value.bitPattern, &bytes)
    }
  }

  private func wholes(_ block: Block, _ slot: Int, _ bytes: inout [UInt8]) throws(PrepError) {
    let column = block.columns[slot]
    for row in 0..<block.count {
      var value: Int64?
      if !column.missing[row] {
        switch column.storage {
        case .floats: value = Int64(exactly: column.floats[row])
        case .integers: value = column.integers[row]
        case .flags, .codes, .text, .sparse: break
        }
      }
      guard let value else {
        let found = column.missing[row] ? "a missing one" : "'\(column.floats[row])'"
        throw PrepError(
          .cast, "expected a whole number as the \(array.name) of every row, found \(found)",
          hint: "fill it with impute, or write a table", record: block.rows[row],
          column: field?.sources.first)
      }
      add(UInt64(bitPattern: value), &bytes)
    }
  }

  private func classNumbers(_ block: Block, _ slot: Int, _ bytes: inout [UInt8]) throws(PrepError) {
    let column = block.columns[slot]
    if column.storage == .codes, let levels = column.levels {
      byCode.update(levels) { Int64(classes.sortedIndex(of: $0) ?? -2) }
    }
    for row in 0..<block.count {
      var number: Int64 = -1
      if !column.missing[row] {
        switch column.storage {
        case .codes: number = byCode[column.codes[row]]
        case .flags: number = column.flags[row] != 0 ? 1 : 0
        case .text:
          let text = column.text[row]
          number = Int64(classes.sortedIndex(of: text.span) ?? -2)
        case .floats, .integers, .sparse: break
        }
      }
      if number == -2 { throw unknown(block, column, row) }
      add(UInt64(bitPattern: number), &bytes)
    }
  }

  private func unknown(_ block: Block, _ column: Column, _ row: Int) -> PrepError {
    let bytes =
      column.storage == .codes
      ? column.levels?[Int(column.codes[row])] ?? [] : column.text[row]
    let name = field?.name ?? ""
    return PrepError(
      .unseen,
      "expected one of the \(classes.count) classes of '\(name)', found '\(Misfit.shown(bytes))'",
      hint: "the target's classes are those that the fit saw", record: block.rows[row])
  }
}
