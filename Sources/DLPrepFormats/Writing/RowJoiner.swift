import DLPrepData

/// Puts the cells of columns together into rows: before each cell what its column says, after the
/// last the end of the row.
@safe final class RowJoiner<Style: TextStyle> {
  private let texts: [ColumnText<Style>]
  /// What stands before the cells of each column, one after the other.
  private var prefixes: [UInt8] = []
  private var prefixEnds = [0]
  private let end: [UInt8]
  /// Whether a row is one cell, whose emptiness has to be told from an empty line.
  private let isSingle: Bool
  private var lines = RawText(capacity: 1 << 16)

  /// Joins `columns` with what stands before each.
  init(
    _ columns: [(column: OutputColumn, prefix: [UInt8])], _ style: Style, end: [UInt8],
    isSingle: Bool
  ) {
    texts = columns.map { ColumnText($0.column, style) }
    for (_, prefix) in columns {
      prefixes += prefix
      prefixEnds.append(prefixes.count)
    }
    self.end = end
    self.isSingle = isSingle
  }

  /// Adds the rows of a block that aren't removed to a buffer, and says how many there are.
  func write(_ block: Block, into out: inout [UInt8]) throws(PrepError) -> Int {
    block.dropRemoved()
    var lines = RawText(capacity: 1)
    swap(&lines, &self.lines)
    defer { swap(&lines, &self.lines) }
    lines.removeAll()
    var start = 0
    while start < block.count {
      let rows = start..<min(start + ColumnText<Style>.tile, block.count)
      for text in texts { try text.write(block, rows) }
      join(rows.count, &lines)
      start = rows.upperBound
    }
    unsafe out.append(contentsOf: lines.buffer)
    return block.count
  }

  private func join(_ rows: Int, _ lines: inout RawText) {
    let sources = unsafe texts.map { unsafe $0.pointers }
    let isSingle = isSingle
    unsafe sources.withUnsafeBufferPointer { sources in
      unsafe prefixes.withUnsafeBufferPointer { prefixes in
        unsafe prefixEnds.withUnsafeBufferPointer { prefixEnds in
          for row in 0..<rows {
            let before = lines.count
            for i in 0..<sources.count {
              let from = unsafe prefixEnds[i]
              let prefix = unsafe UnsafeBufferPointer(rebasing: prefixes[from..<prefixEnds[i + 1]])
              if prefix.count == 1 {
                unsafe lines.append(prefix[0])
              } else {
                unsafe lines.append(prefix)
              }
              let (bytes, ends) = unsafe sources[i]
              let start = unsafe ends[row]
              unsafe lines.append(within: bytes + start, ends[row + 1] - start)
            }
            if isSingle, lines.count == before {
              lines.append(34)
              lines.append(34)
            }
            lines.append(end)
          }
        }
      }
    }
  }
}
