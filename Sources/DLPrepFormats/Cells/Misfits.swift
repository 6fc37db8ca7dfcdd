import DLPrepData

/// A cell that doesn't fit its column's type.
struct Misfit {
  enum Reason {
    /// It says something else.
    case wrong
    /// A number too large for binary64.
    case overflow
    /// A whole number beyond 64 bits.
    case tooLong
    /// An infinite number.
    case infinite
    /// A whole number that a float can't hold, in a column that has decimals.
    case inexact
  }

  var row: Int
  var source: Int
  var type: CellType
  var reason: Reason
  /// What stood there, cut to what a message shows.
  var found: [UInt8]

  /// What was expected and what was found.
  func message(column: String) -> String {
    let shown = Misfit.shown(found)
    return switch reason {
    case .wrong: "expected \(type.dataType.name), found '\(shown)' in column '\(column)'"
    case .overflow:
      "expected a number within binary64's range, found '\(shown)' in column '\(column)'"
    case .tooLong: "expected an integer of 64 bits, found '\(shown)' in column '\(column)'"
    case .infinite: "expected a finite number, found '\(shown)' in column '\(column)'"
    case .inexact:
      "expected an integer within 2^53 beside decimals, found '\(shown)' in column '\(column)'"
    }
  }

  /// What the user can do about it.
  func hint(column: String) -> String {
    let shown = Misfit.shown(found)
    return switch reason {
    case .wrong:
      switch type {
      case .date(let format), .timestamp(let format, _):
        format == nil
          ? "state its format, or declare '\(column)' as text"
          : "see the column's format, or declare '\(column)' as text"
      default: "add '\(shown)' to null_values, or declare '\(column)' as text"
      }
    case .overflow, .tooLong: "declare '\(column)' as text"
    case .infinite: "set input: inf to null or keep"
    case .inexact: "declare '\(column)' as float or as text"
    }
  }

  /// Bytes as a message shows them: cut, and readable.
  static func shown(_ bytes: [UInt8]) -> String {
    bytes.count > limit
      ? String(decoding: bytes.prefix(limit), as: UTF8.self) + "..."
      : String(decoding: bytes, as: UTF8.self)
  }

  static let limit = 60
}

/// The misfits of one block, as far as they matter.
struct Misfits {
  let action: BadRowAction
  /// By row, the misfit that stands furthest left.
  private(set) var byRow: [Int: Misfit] = [:]
  /// The lowest row that has one; rows beyond it needn't be looked at where that ends the run.
  private(set) var first = Int.max
  private var end = Int.max
  /// How many cells were made missing, where such rows are kept.
  private(set) var kept = 0

  init(_ action: BadRowAction) { self.action = action }

  /// How many of a block's rows have to be looked at.
  func needed(_ rows: Int) -> Int {
    action == .error && first < rows ? min(end, first + 1) : min(end, rows)
  }

  /// Rows from this one on don't matter where the first misfit ends the run.
  mutating func stop(at row: Int) { if action == .error { end = row } }

  /// Notes one; kept rows just lose the cell.
  mutating func add(_ misfit: Misfit) {
    guard action != .keep else {
      kept += 1
      return
    }
    if let other = byRow[misfit.row], other.source <= misfit.source { return }
    byRow[misfit.row] = misfit
    first = min(first, misfit.row)
  }

  /// All rows with misfits, lowest first.
  var rows: [Int] { byRow.keys.sorted() }
}
