package import DLPrepData

/// Which rows count: one bit a row.
///
/// What a part of an expression gives for other rows is never
/// looked at, so nothing that happens there is counted.
typealias RowMask = [UInt64]

/// Works out one part of an expression for a block: opened once per worker, run once per block.
///
/// The column it gives is its own or one of the frame's: it holds until the next run, and isn't to
/// be changed.
typealias Evaluation = (_ frame: EvaluationFrame, _ active: RowMask?) -> Column

/// What an expression is evaluated on, and what is lost on the way.
package final class EvaluationFrame {
  /// Why a value became missing.
  package enum Loss: Int, CaseIterable, Sendable {
    case overflow
    case divisionByZero
    case noNumber
    case noWhole
    case noDate

    /// The words for it at the end of a run.
    package var words: String {
      switch self {
      case .overflow: "made missing by integer overflow"
      case .divisionByZero: "made missing by division by zero"
      case .noNumber: "made missing: no finite number"
      case .noWhole: "made missing: no whole number of 64 bits"
      case .noDate: "made missing: no such date"
      }
    }
  }

  /// How many rows there are.
  package var count = 0
  /// The columns, in the order of the scope.
  package var columns: [Column] = []
  /// How many values were lost, by cause.
  package private(set) var losses = Array(repeating: 0, count: Loss.allCases.count)

  /// An empty frame.
  package init() {}

  /// Forgets what was counted.
  package func startBlock() {
    for i in losses.indices { losses[i] = 0 }
  }

  /// Makes rows missing, and counts those that were not so already.
  func lose(_ rows: RowMask, in column: Column, _ cause: Loss, _ active: RowMask?) {
    var lost = 0
    for i in rows.indices where rows[i] != 0 {
      let new = rows[i] & ~column.missing.words[i]
      column.missing.words[i] |= new
      lost += (new & (active?[i] ?? .max)).nonzeroBitCount
    }
    losses[cause.rawValue] += lost
  }

  /// No row.
  var noRows: RowMask { RowMask(repeating: 0, count: (count + 63) >> 6) }
}

extension Column {
  /// Makes room for the result of two operands, missing where either is.
  func prepare(_ storage: Storage, like a: Column, _ b: Column) {
    prepare(storage, count: a.count)
    for i in missing.words.indices { missing.words[i] = a.missing.words[i] | b.missing.words[i] }
  }

  /// Makes room for the result of one operand, missing where it is.
  func prepare(_ storage: Storage, like a: Column) {
    prepare(storage, count: a.count)
    missing = a.missing
  }

  /// The rows whose flag is set and not missing.
  var trueRows: RowMask {
    var words = RowMask(repeating: 0, count: missing.words.count)
    let count = count
    unsafe flags.withUnsafeBufferPointer { flags in
      for i in words.indices {
        var word: UInt64 = 0
        let start = i << 6
        for bit in 0..<min(64, count - start) {
          unsafe word |= UInt64(flags[start &+ bit] & 1) &<< UInt64(bit)
        }
        words[i] = word & ~missing.words[i]
      }
    }
    return words
  }
}

/// The rows of one mask that are in another, too; nil is every row.
func both(_ a: RowMask?, _ b: RowMask) -> RowMask {
  guard let a else { return b }
  return zip(a, b).map { $0 & $1 }
}

/// The rows of one mask that are not in another; nil is every row.
func without(_ a: RowMask?, _ b: RowMask) -> RowMask {
  guard let a else { return b.map { ~$0 } }
  return zip(a, b).map { $0 & ~$1 }
}
