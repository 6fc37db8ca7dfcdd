import DLPrepData

/// Puts a column together from parts of others: each row is taken from at most one, and missing
/// where it is taken from none.
final class Choice {
  private static let limit = 64 << 20

  private let type: ExpressionType
  private let out = Column()
  private var levels = Levels()
  private var tables: [CodeTable<Int32>] = []
  /// For text: what each row is taken from, and those columns.
  private var source: [UInt16] = []
  private var parts: [Column] = []

  init(_ type: ExpressionType) { self.type = type }

  /// Starts a block with every row missing.
  func start(_ frame: EvaluationFrame) {
    out.prepare(type.storage, count: frame.count)
    out.missing.fill()
    switch type.storage {
    case .codes:
      if levels.byteCount > Self.limit {
        levels = Levels()
        tables = []
      }
      for row in 0..<frame.count { out.codes[row] = -1 }
    case .text:
      source = Array(repeating: 0, count: frame.count)
      parts = []
    case .floats, .integers, .flags, .sparse: break
    }
  }

  /// Takes the rows of a mask from a column; `branch` numbers the columns of a block.
  func take(_ branch: Int, _ column: Column, _ rows: RowMask) {
    for i in out.missing.words.indices {
      out.missing.words[i] =
        (out.missing.words[i] & ~rows[i]) | (column.missing.words[i] & rows[i])
    }
    switch type.storage {
    case .floats: Self.copy(column.floats, into: &out.floats, rows, out.count)
    case .integers: Self.copy(column.integers, into: &out.integers, rows, out.count)
    case .flags: Self.copy(column.flags, into: &out.flags, rows, out.count)
    case .codes: takeCodes(branch, column, rows)
    case .text:
      parts.append(column)
      let part = UInt16(clamping: parts.count)
      for row in 0..<out.count where rows[row >> 6] &>> UInt64(row & 63) & 1 == 1 {
        source[row] = part
      }
    case .sparse: break
    }
  }

  /// The column.
  func finish() -> Column {
    switch type.storage {
    case .codes: out.levels = levels
    case .text:
      for row in 0..<out.count {
        if source[row] == 0 || out.missing[row] {
          out.text.append(EmptyCollection<UInt8>())
        } else {
          out.text.append(parts[Int(source[row]) - 1].text, row)
        }
      }
      parts = []
    case .floats, .integers, .flags, .sparse: break
    }
    return out
  }

  private func takeCodes(_ branch: Int, _ column: Column, _ rows: RowMask) {
    guard let theirs = column.levels else { return }
    while tables.count <= branch { tables.append(CodeTable(missing: -1)) }
    let levels = levels
    tables[branch].update(theirs) { levels.intern($0) }
    let table = tables[branch].values
    for row in 0..<out.count where rows[row >> 6] &>> UInt64(row & 63) & 1 == 1 {
      out.codes[row] = table[Int(column.codes[row]) + 1]
    }
  }

  /// Copies the rows of a mask, 64 at a time where all or none of them are in it.
  private static func copy<T>(_ a: [T], into out: inout [T], _ rows: RowMask, _ count: Int) {
    unsafe a.withUnsafeBufferPointer { a in
      unsafe out.withUnsafeMutableBufferPointer { out in
        for (i, word) in rows.enumerated() where word != 0 {
          let start = i << 6
          let end = min(start + 64, count)
          if word == .max {
            for row in start..<end { unsafe out[row] = a[row] }
          } else {
            for row in start..<end where word &>> UInt64(row & 63) & 1 == 1 {
              unsafe out[row] = a[row]
            }
          }
        }
      }
    }
  }
}
