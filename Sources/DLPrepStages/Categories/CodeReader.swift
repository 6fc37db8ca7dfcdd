import DLPrepData

/// Gives every row the code of its category, however the column is stored.
///
/// A category column has codes already. Text is looked up byte for byte in a dictionary of the
/// kernel's own; whole numbers are keyed by their digits (3.0 by `3`), other numbers by the
/// shortest text, bools by `0` and `1`. A dictionary that outgrows the limit starts over, so that
/// memory stays bounded on any input.
final class CodeReader {
  /// How many bytes a dictionary may take before it starts over.
  static let limit = 64 << 20

  private var own = Levels()
  private var ofNumber: [UInt64: Int32] = [:]
  private var codes: [Int32] = []

  /// Calls `body` with the dictionary and the code of every row, -1 where it is missing.
  func read(_ column: Column, _ body: (Levels, UnsafeBufferPointer<Int32>) -> Void) {
    let count = column.count
    if column.storage == .codes {
      let levels = column.levels ?? own
      unsafe column.codes.withUnsafeBufferPointer { codes in
        unsafe body(levels, UnsafeBufferPointer(rebasing: codes[..<count]))
      }
      return
    }
    if own.byteCount + ofNumber.count * 32 > Self.limit {
      own = Levels()
      ofNumber = [:]
    }
    // Local while it is filled: a class's property would be checked for every row.
    var filled: [Int32] = []
    swap(&filled, &codes)
    if filled.count < count {
      filled.append(contentsOf: repeatElement(-1, count: count - filled.count))
    }
    fill(&filled, column)
    unsafe filled.withUnsafeBufferPointer { codes in
      unsafe body(own, UnsafeBufferPointer(rebasing: codes[..<count]))
    }
    swap(&filled, &codes)
  }

  private func fill(_ codes: inout [Int32], _ column: Column) {
    let missing = column.missing
    let rows = 0..<column.count
    switch column.storage {
    case .codes, .sparse: break
    case .text:
      let strings = column.text
      unsafe strings.bytes.withUnsafeBufferPointer { bytes in
        for row in rows {
          if missing[row] {
            codes[row] = -1
          } else {
            let string = unsafe UnsafeBufferPointer(rebasing: bytes[strings.range(row)])
            codes[row] = unsafe own.intern(string)
          }
        }
      }
    case .integers:
      let integers = column.integers
      for row in rows { codes[row] = missing[row] ? -1 : code(of: integers[row]) }
    case .floats:
      let floats = column.floats
      for row in rows { codes[row] = missing[row] ? -1 : code(of: floats[row]) }
    case .flags:
      let pair = [own.intern("0"), own.intern("1")]
      let flags = column.flags
      for row in rows { codes[row] = missing[row] ? -1 : pair[Int(flags[row])] }
    }
  }

  private func code(of integer: Int64) -> Int32 {
    let key = UInt64(bitPattern: integer)
    if let code = ofNumber[key] { return code }
    let code = own.intern("\(integer)")
    ofNumber[key] = code
    return code
  }

  private func code(of number: Double) -> Int32 {
    if let integer = Int64(exactly: number), abs(number) <= 0x1p53 { return code(of: integer) }
    return own.intern("\(number)")
  }
}
