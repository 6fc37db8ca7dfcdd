import DLPrepData

/// Columns of numbers whose cells lie far apart, read a few rows at a time.
///
/// A column of a wide table has a cell in every ten or twenty thousand bytes. Read to the end, one
/// column after the other, the block comes from memory anew for each of them; a few rows of all
/// columns stay in the processor's cache.
struct CellTiles {
  private var columns: [(parser: CellParser, target: Column)] = []
  /// How many cells of all columns are read before it is the next rows' turn.
  private static var cells: Int { 1 << 20 }

  /// Takes a column in, if it is one of those; it is read by `parse`.
  mutating func take(_ parser: CellParser, into target: Column) -> Bool {
    guard parser.cells.areFar else { return false }
    switch parser.column.type {
    case .float: target.prepare(.floats, count: parser.cells.rows)
    case .integer(takesDecimals: false): target.prepare(.integers, count: parser.cells.rows)
    default: return false
    }
    columns.append((parser, target))
    return true
  }

  /// Reads the columns' `rows`.
  func parse(rows: Int, misfits: inout Misfits) {
    let step = max(32, Self.cells / max(1, columns.count))
    for start in stride(from: 0, to: columns.isEmpty ? 0 : rows, by: step) {
      for (parser, target) in columns {
        swap(&parser.misfits, &misfits)
        parser.rows = min(start + step, parser.misfits.needed(rows))
        if case .float = parser.column.type {
          parser.floats(target, from: start)
        } else {
          parser.integers(target, false, from: start)
        }
        swap(&parser.misfits, &misfits)
      }
    }
  }

  /// The parsers of the columns.
  var parsers: [CellParser] { columns.map(\.parser) }
}
