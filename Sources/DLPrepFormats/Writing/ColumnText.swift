import DLPrepData

/// The cells of one output column as text, for a range of rows: what stands between two delimiters,
/// for a vector all of its components.
@safe final class ColumnText<Style: TextStyle> {
  private let style: Style
  private let output: OutputColumn
  /// All cells, one after the other.
  let text = RawText()
  /// Where each cell ends.
  private(set) var ends: [Int] = []
  /// A category's values as they are written, by code.
  private var levels: [[UInt8]] = []
  private var dictionary: Levels?
  /// A vector whose components are all 0, 1 or missing, and where in it each component stands.
  private var zeros: [UInt8] = []
  private var ones: [Int] = []
  private var blanks: [UInt8] = []

  init(_ output: OutputColumn, _ style: Style) {
    self.output = output
    self.style = style
    guard output.field.type.isVector else { return }
    for component in 0..<output.field.width {
      let separator = style.separator(output.field, component)
      zeros += separator
      ones.append(zeros.count)
      zeros.append(48)
      blanks += separator + style.missing
    }
  }

  /// Writes the cells of some rows.
  func write(_ block: Block, _ rows: Range<Int>) throws(PrepError) {
    text.removeAll()
    ends.removeAll(keepingCapacity: true)
    let column = block.columns[output.slot]
    let missing = column.missing.any
    switch column.storage {
    case .floats where output.field.type.isVector: try vectors(column, rows)
    case .floats: try floats(column, rows, missing)
    case .integers: integers(column, rows, missing)
    case .flags: flags(column, rows, missing)
    case .codes where output.field.type.isVector: components(column, rows)
    case .codes: codes(column, rows)
    case .text: strings(column, rows, missing)
    }
  }

  @inline(__always) private func end() { ends.append(text.count) }

  private func floats(_ column: Column, _ rows: Range<Int>, _ missing: Bool) throws(PrepError) {
    let isInteger = output.field.type == .integer
    let values = column.floats
    for row in rows {
      let value = values[row]
      if missing && column.missing[row] || value.isNaN {
        text.append(style.missing)
      } else if value.isInfinite {
        try style.addInfinite(value, to: text)
      } else if isInteger {
        text.append(integral: value)
      } else {
        text.append(float: value)
      }
      end()
    }
  }

  private func integers(_ column: Column, _ rows: Range<Int>, _ missing: Bool) {
    let values = column.integers
    for row in rows {
      if missing && column.missing[row] {
        text.append(style.missing)
      } else {
        switch output.field.type {
        case .date: style.addTime(to: text) { $0.append(day: values[row]) }
        case .timestamp: style.addTime(to: text) { $0.append(instant: values[row]) }
        default: text.append(integer: values[row])
        }
      }
      end()
    }
  }

  private func flags(_ column: Column, _ rows: Range<Int>, _ missing: Bool) {
    let values = column.flags
    let (yes, no) = style.truths
    for row in rows {
      text.append(missing && column.missing[row] ? style.missing : values[row] != 0 ? yes : no)
      end()
    }
  }

  private func codes(_ column: Column, _ rows: Range<Int>) {
    if let dictionary = column.levels { update(dictionary) }
    let values = column.codes
    for row in rows {
      let code = Int(values[row])
      text.append(code < 0 || code >= levels.count ? style.missing : levels[code])
      end()
    }
  }

  /// Writes levels that are new.
  private func update(_ dictionary: Levels) {
    if self.dictionary !== dictionary || dictionary.count < levels.count { levels = [] }
    self.dictionary = dictionary
    guard levels.count < dictionary.count else { return }
    let scratch = RawText()
    for code in levels.count..<dictionary.count {
      scratch.removeAll()
      unsafe dictionary[code].withUnsafeBufferPointer { unsafe style.add($0, to: scratch) }
      levels.append(unsafe Array(scratch.buffer))
    }
  }

  /// A vector stored as the component that is 1.
  private func components(_ column: Column, _ rows: Range<Int>) {
    for row in rows {
      if column.missing[row] {
        text.append(blanks)
      } else {
        let start = text.count
        text.append(zeros)
        let code = Int(column.codes[row])
        if code >= 0, code < ones.count { text.replace(at: start + ones[code], with: 49) }
      }
      end()
    }
  }

  /// A vector stored as numbers, row after row.
  private func vectors(_ column: Column, _ rows: Range<Int>) throws(PrepError) {
    let width = output.field.width
    guard column.floats.count >= rows.upperBound * width else {
      throw PrepError(.internal, "expected \(width) numbers a row in '\(output.field.name)'")
    }
    for row in rows {
      for component in 0..<width {
        text.append(style.separator(output.field, component))
        let value = column.floats[row * width + component]
        if column.missing[row] || value.isNaN {
          text.append(style.missing)
        } else if value.isInfinite {
          try style.addInfinite(value, to: text)
        } else {
          text.append(float: value)
        }
      }
      end()
    }
  }

  private func strings(_ column: Column, _ rows: Range<Int>, _ missing: Bool) {
    unsafe column.text.bytes.withUnsafeBufferPointer { bytes in
      for row in rows {
        if missing && column.missing[row] {
          text.append(style.missing)
        } else {
          let cell = unsafe UnsafeBufferPointer(rebasing: bytes[column.text.range(row)])
          unsafe style.add(cell, to: text)
        }
        end()
      }
    }
  }
}
