import DLPrepBytes
import DLPrepData

extension CellParser {
  /// Days.
  func dates(_ target: Column, _ format: DateTimeFormat?) {
    target.prepare(.integers, count: cells.rows)
    let isGuess = column.isGuess
    unsafe target.integers.withUnsafeMutableBufferPointer { out in
      var row = 0
      while row < rows {
        var day: Int64?
        if let cell = unsafe text(row) {
          if unsafe !isGuess || observe(row, cell, as: .date) {
            day = unsafe format == nil ? ISODate.day(cell) : format?.parse(cell)?.days
            if day == nil { unsafe reject(row, cell) }
          }
        }
        unsafe out[row] = day ?? 0
        if day == nil { target.missing[row] = true }
        row &+= 1
      }
    }
  }

  /// Instants, in microseconds.
  func timestamps(
    _ target: Column, _ format: DateTimeFormat?, _ zone: TimeZoneRules?
  ) {
    target.prepare(.integers, count: cells.rows)
    var row = 0
    while row < rows {
      var instant: Int64?
      if let cell = unsafe text(row) {
        if unsafe !column.isGuess || observe(row, cell, as: .timestamp) {
          if let parts = unsafe format == nil ? ISODate.timestamp(cell) : format?.parse(cell) {
            instant = resolved(parts, zone)
          } else {
            unsafe reject(row, cell)
          }
        }
      }
      target.integers[row] = instant ?? 0
      if instant == nil { target.missing[row] = true }
      row &+= 1
    }
  }

  private func resolved(_ parts: DateTimeParts, _ zone: TimeZoneRules?) -> Int64 {
    guard parts.offset == nil else { return parts.utcMicroseconds }
    guard let zone else {
      times.unzoned += 1
      return parts.utcMicroseconds
    }
    let (instant, resolution) = zone.instant(ofLocal: parts.localMicroseconds)
    switch resolution {
    case .exact: break
    case .gap: times.moved += 1
    case .overlap: times.ambiguous += 1
    }
    return instant
  }
}
