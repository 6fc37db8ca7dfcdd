import DLPrepData

/// The cells of one output column as text, for a tile of rows: what stands between two delimiters,
/// for a vector all of its components.
@safe final class ColumnText<Style: TextStyle> {
  /// How many rows are text at a time, so that they stay in the cache.
  static var tile: Int { 256 }

  private let style: Style
  private let output: OutputColumn
  /// The cells of the last tile.
  private(set) var cells = CellText(rows: tile)
  /// A category's values as they are written, one after the other, by code.
  private var levels = RawText(capacity: 64)
  private var levelEnds = [0]
  private var dictionary: Levels?
  /// A vector whose components are all 0, and where in it each component stands.
  private var zeros: [UInt8] = []
  private var ones: [Int] = []
  /// What stands before each component of a vector.
  private var separators: [[UInt8]] = []
  /// A vector whose components are all missing.
  private var blanks: [UInt8] = []

  init(_ output: OutputColumn, _ style: Style) {
    self.output = output
    self.style = style
    guard output.field.type.isVector else { return }
    for component in 0..<output.field.width {
      let separator = style.separator(output.field, component)
      separators.append(separator)
      zeros += separator
      ones.append(zeros.count)
      zeros.append(48)
      blanks += separator + style.missing
    }
  }

  /// Where the bytes of the last tile stand, and its ends, from 0 on.
  var pointers: (bytes: UnsafePointer<UInt8>, ends: UnsafePointer<Int>) {
    unsafe (UnsafePointer(cells.text.bytes), UnsafePointer(cells.ends))
  }

  /// Writes the cells of some rows, at most a tile.
  func write(_ block: Block, _ rows: Range<Int>) throws(PrepError) {
    // A local: the loops would pay for a property's checks with every byte.
    var out = CellText(rows: 0, bytes: 1)
    swap(&out, &cells)
    defer { swap(&out, &cells) }
    out.removeAll()
    let column = block.columns[output.slot]
    let isVector = output.field.type.isVector
    switch column.storage {
    case .floats where isVector: try vectors(column, rows, &out)
    case .floats: try floats(column, rows, &out)
    case .integers: integers(column, rows, &out)
    case .flags: flags(column, rows, &out)
    case .codes where isVector: components(column, rows, &out)
    case .codes: codes(column, rows, &out)
    case .text: strings(column, rows, &out)
    case .sparse: try entries(column, rows, &out)
    }
  }

  private func floats(
    _ column: Column, _ rows: Range<Int>, _ out: inout CellText
  ) throws(PrepError) {
    let isInteger = output.field.type == .integer
    let style = style
    let values = column.floats
    let missing = column.missing
    let isMissing = missing.any
    for row in rows {
      let value = values[row]
      if isMissing && missing[row] || value.isNaN {
        out.text.append(style.missing)
      } else if value.isInfinite {
        try style.addInfinite(value, to: &out.text)
      } else if isInteger {
        out.text.append(integral: value)
      } else {
        out.text.append(float: value)
      }
      out.end()
    }
  }

  private func integers(_ column: Column, _ rows: Range<Int>, _ out: inout CellText) {
    let type = output.field.type
    let style = style
    let values = column.integers
    let missing = column.missing
    let isMissing = missing.any
    for row in rows {
      let value = values[row]
      if isMissing && missing[row] {
        out.text.append(style.missing)
      } else if type == .date {
        style.addTime(to: &out.text) { $0.append(day: value) }
      } else if type == .timestamp {
        style.addTime(to: &out.text) { $0.append(instant: value) }
      } else {
        out.text.append(integer: value)
      }
      out.end()
    }
  }

  private func flags(_ column: Column, _ rows: Range<Int>, _ out: inout CellText) {
    let style = style
    let values = column.flags
    let missing = column.missing
    let (yes, no) = style.truths
    if yes.count == 1, no.count == 1, !missing.any {
      let (yes, no) = (yes[0], no[0])
      for row in rows {
        out.text.append(values[row] != 0 ? yes : no)
        out.end()
      }
      return
    }
    for row in rows {
      out.text.append(missing[row] ? style.missing : values[row] != 0 ? yes : no)
      out.end()
    }
  }

  private func codes(_ column: Column, _ rows: Range<Int>, _ out: inout CellText) {
    if let dictionary = column.levels { update(dictionary) }
    let missing = style.missing
    let count = levelEnds.count - 1
    unsafe levelEnds.withUnsafeBufferPointer { ends in
      unsafe column.codes.withUnsafeBufferPointer { codes in
        let base = unsafe levels.bytes
        for row in rows {
          let code = unsafe Int(codes[row])
          if code < 0 || code >= count {
            out.text.append(missing)
          } else {
            let start = unsafe ends[code]
            unsafe out.text.append(base + start, ends[code + 1] - start)
          }
          out.end()
        }
      }
    }
  }

  /// Writes levels that are new.
  private func update(_ dictionary: Levels) {
    if self.dictionary !== dictionary || dictionary.count < levelEnds.count - 1 {
      levels.removeAll()
      levelEnds = [0]
    }
    self.dictionary = dictionary
    for code in (levelEnds.count - 1)..<dictionary.count {
      unsafe dictionary[code].withUnsafeBufferPointer { unsafe style.add($0, to: &levels) }
      levelEnds.append(levels.count)
    }
  }

  /// A vector stored as the component that is 1.
  private func components(_ column: Column, _ rows: Range<Int>, _ out: inout CellText) {
    let zeros = zeros
    let ones = ones
    let codes = column.codes
    let missing = column.missing
    let isMissing = missing.any
    for row in rows {
      if isMissing && missing[row] {
        out.text.append(blanks)
      } else {
        let start = out.text.count
        out.text.append(zeros)
        let code = Int(codes[row])
        if code >= 0, code < ones.count { out.text.replace(at: start + ones[code], with: 49) }
      }
      out.end()
    }
  }

  /// A vector stored as numbers, row after row.
  private func vectors(
    _ column: Column, _ rows: Range<Int>, _ out: inout CellText
  ) throws(PrepError) {
    let width = output.field.width
    guard column.floats.count >= rows.upperBound * width else {
      throw PrepError(.internal, "expected \(width) numbers a row in '\(output.field.name)'")
    }
    for row in rows {
      for component in 0..<width {
        out.text.append(separators[component])
        let value = column.floats[row * width + component]
        if column.missing[row] || value.isNaN {
          out.text.append(style.missing)
        } else if value.isInfinite {
          try style.addInfinite(value, to: &out.text)
        } else {
          out.text.append(float: value)
        }
      }
      out.end()
    }
  }

  /// A vector stored as its entries that aren't zero.
  private func entries(
    _ column: Column, _ rows: Range<Int>, _ out: inout CellText
  ) throws(PrepError) {
    let sparse = column.sparse
    let zero: [UInt8] = sparse.isWhole ? [48] : [48, 46, 48]
    for row in rows {
      if column.missing[row] {
        out.text.append(blanks)
        out.end()
        continue
      }
      var component = 0
      func fill(upTo end: Int, _ out: inout CellText) {
        while component < end {
          out.text.append(separators[component])
          out.text.append(zero)
          component += 1
        }
      }
      for i in sparse.range(row) {
        fill(upTo: Int(sparse.components[i]), &out)
        out.text.append(separators[component])
        component += 1
        let value = sparse.values[i]
        if sparse.isWhole {
          out.text.append(integral: value)
        } else if value.isFinite {
          out.text.append(float: value)
        } else {
          try style.addInfinite(value, to: &out.text)
        }
      }
      fill(upTo: separators.count, &out)
      out.end()
    }
  }

  private func strings(_ column: Column, _ rows: Range<Int>, _ out: inout CellText) {
    let style = style
    let missing = column.missing
    unsafe column.text.bytes.withUnsafeBufferPointer { bytes in
      unsafe column.text.ends.withUnsafeBufferPointer { ends in
        for row in rows {
          if missing[row] {
            out.text.append(style.missing)
          } else {
            let start = unsafe row == 0 ? 0 : ends[row - 1]
            let cell = unsafe UnsafeBufferPointer(rebasing: bytes[start..<ends[row]])
            unsafe style.add(cell, to: &out.text)
          }
          out.end()
        }
      }
    }
  }
}
