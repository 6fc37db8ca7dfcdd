import DLPrepData

extension CellParser {
  /// Floats.
  func floats(_ target: Column) {
    target.prepare(.floats, count: cells.rows)
    floats(target, from: 0)
  }

  /// Floats from a row on, as far as rows have to be read.
  func floats(_ target: Column, from first: Int) {
    let quick = plan.style.isPlain && !plan.nulls.looksLikeValue
    let isGuess = column.isGuess
    let cells = cells
    let areFar = cells.areFar
    // Once a decimal was seen, only leading zeros and long codes have to be told from numbers.
    var isSettled = !evidence.fits.contains(.integer)
    var seen = false
    unsafe target.floats.withUnsafeMutableBufferPointer { buffer in
      guard let out = buffer.baseAddress else { return }
      var row = first
      while row < rows {
        if areFar { cells.prefetch(after: row, end: rows) }
        let (start, count) = cells.span(row)
        let cell = unsafe cells.bytes + start
        if quick, count > 0, unsafe Numerals.double(cells.bytes, start, count, out + row),
          unsafe !isGuess || (isSettled && isPlainlyNumber(cell, count))
        {
          seen = true
        } else if let value = float(row) {
          unsafe out[row] = value
          seen = true
          isSettled = !evidence.fits.contains(.integer)
        } else {
          unsafe out[row] = 0
          target.missing[row] = true
        }
        row &+= 1
      }
    }
    if isGuess, seen {
      evidence.fits.formIntersection([.integer, .float])
      evidence.isSeen = true
    }
  }

  /// Whether a number can't be a code: no leading zero, not so many digits.
  @inline(__always) private func isPlainlyNumber(
    _ cell: UnsafePointer<UInt8>, _ count: Int
  )
    -> Bool
  {
    let sign = unsafe cell[0] < 48 && cell[0] != UInt8(ascii: ".") ? 1 : 0
    guard count > sign + 1 else { return true }
    // A zero and a digit after it, told at once: half of some columns starts with a zero.
    let leads = unsafe UInt16(cell[sign] ^ 48) &<< 8 | UInt16(cell[sign + 1] &- 48) < 10
    return !leads && count < 19
  }

  /// A second look at a number; nil is missing.
  private func float(_ row: Int) -> Double? {
    guard let cell = unsafe text(row) else { return nil }
    if column.isGuess, unsafe !observe(row, cell, as: .float) { return nil }
    var value = 0.0
    if let plain = unsafe plan.style.plain(cell, digits) {
      switch unsafe Numerals.double(plain, &value) {
      case .number: return value
      case .noNumber: break
      case .overflow:
        unsafe reject(row, cell, .overflow)
        return nil
      }
    }
    switch unsafe Self.special(cell) {
    case .some(let infinite) where infinite.isNaN: return nil
    case .some(let infinite):
      switch plan.infinity {
      case .keep: return infinite
      case .null: return nil
      case .error: unsafe reject(row, cell, .infinite)
      }
    case nil: unsafe reject(row, cell)
    }
    return nil
  }

  /// `NaN`, `inf` and `infinity` in any case, with a sign.
  static func special(_ cell: UnsafeBufferPointer<UInt8>) -> Double? {
    guard (3...9).contains(cell.count) else { return nil }
    let isNegative = unsafe cell[0] == UInt8(ascii: "-")
    let skip = unsafe isNegative || cell[0] == UInt8(ascii: "+") ? 1 : 0
    let word = unsafe cell.dropFirst(skip).map { $0 | 0x20 }
    if word == Array("nan".utf8) { return .nan }
    guard word == Array("inf".utf8) || word == Array("infinity".utf8) else { return nil }
    return isNegative ? -.infinity : .infinity
  }

  /// Up to here every whole number is a float: 2^53.
  private static var exactLimit: UInt64 { 1 << 53 }

  /// Integers; where a decimal comes up and may, the whole column becomes floats.
  func integers(_ target: Column, _ takesDecimals: Bool) {
    target.prepare(.integers, count: cells.rows)
    integers(target, takesDecimals, from: 0)
  }

  /// Integers from a row on, as far as rows have to be read.
  func integers(_ target: Column, _ takesDecimals: Bool, from first: Int) {
    if isOver { return }
    let quick = plan.style.isPlain && !plan.nulls.looksLikeValue
    let isGuess = column.isGuess
    let cells = cells
    let areFar = cells.areFar
    let before = misfits
    var seen = false
    var decimals = false
    unsafe target.integers.withUnsafeMutableBufferPointer { buffer in
      guard let out = buffer.baseAddress else { return }
      var row = first
      while row < rows {
        if areFar { cells.prefetch(after: row, end: rows) }
        let (start, count) = cells.span(row)
        let cell = unsafe cells.bytes + start
        if quick, count > 0, unsafe Numerals.integer(cells.bytes, start, count, out + row),
          unsafe !isGuess || !startsWithZero(cell, count),
          unsafe !takesDecimals || out[row].magnitude <= Self.exactLimit
        {
          seen = true
        } else {
          var isDecimal = false
          let value = integer(row, takesDecimals, &isDecimal)
          if isDecimal {
            decimals = true
            break
          }
          unsafe out[row] = value ?? 0
          if value == nil { target.missing[row] = true } else { seen = true }
          if isOver {
            for rest in row..<cells.rows { target.missing[rest] = true }
            break
          }
        }
        row &+= 1
      }
    }
    if isGuess, seen {
      evidence.fits.formIntersection([.integer, .float])
      evidence.isSeen = true
    }
    if decimals {
      misfits = before
      rows = misfits.needed(cells.rows)
      integersAsFloats(target)
    }
  }

  /// Whether the guess was shown to be wrong, and that is all that was asked.
  ///
  /// A number that no type takes is wrong only where all others are numbers: then all are looked at.
  private var isOver: Bool {
    column.mayEndEarly && !evidence.fits.contains(.integer) && evidence.overflow == nil
  }

  @inline(__always) private func startsWithZero(_ cell: UnsafePointer<UInt8>, _ count: Int) -> Bool
  {
    let sign = unsafe cell[0] < 48 ? 1 : 0
    return unsafe cell[sign] == 48 && count > sign + 1
  }

  private func integer(
    _ row: Int, _ takesDecimals: Bool, _ isDecimal: inout Bool
  ) -> Int64? {
    guard let cell = unsafe text(row) else { return nil }
    if column.isGuess, unsafe !observe(row, cell, as: .integer) { return nil }
    guard let plain = unsafe plan.style.plain(cell, digits) else {
      unsafe reject(row, cell)
      return nil
    }
    var value: Int64 = 0
    var number = 0.0
    switch unsafe Numerals.integer(plain, &value) {
    case .number where takesDecimals && value.magnitude > Self.exactLimit:
      unsafe reject(row, cell, .inexact)
    case .number: return value
    case .overflow: unsafe reject(row, cell, .tooLong)
    case .noNumber where takesDecimals && (unsafe Numerals.double(plain, &number)) == .number:
      isDecimal = true
    case .noNumber: unsafe reject(row, cell)
    }
    return nil
  }

  private func isExactInteger(_ cell: UnsafeBufferPointer<UInt8>) -> Bool {
    var value: Int64 = 0
    guard let plain = unsafe plan.style.plain(cell, digits),
      case .number = unsafe Numerals.integer(plain, &value)
    else { return false }
    return value.magnitude <= Self.exactLimit
  }

  /// An integer column with a decimal in it: floats, as long as each is exact.
  private func integersAsFloats(_ target: Column) {
    floats(target)
    let limit = Double(Self.exactLimit)
    for row in 0..<rows where !target.missing[row] && abs(target.floats[row]) >= limit {
      guard let cell = unsafe text(row) else { continue }
      // At the limit itself, 2^53 + 1 and its decimals are read as 2^53 too.
      if unsafe abs(target.floats[row]) == limit && isExactInteger(cell) { continue }
      unsafe reject(row, cell, .inexact)
      target.missing[row] = true
    }
  }
}
