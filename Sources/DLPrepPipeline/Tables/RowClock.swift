import DLPrepBytes
import DLPrepData

/// How the text of a date or time in a row given as cells is read: as in a file.
struct RowClock {
  private let isDate: Bool
  private let format: DateTimeFormat?
  private let zone: TimeZoneRules?

  /// Opens the format and zone of a column; nil where it is no date or timestamp.
  init?(_ column: ReadColumn) throws(PrepError) {
    let text: String?
    switch column.type {
    case .date(let format): (isDate, text, zone) = (true, format, nil)
    case .timestamp(let format, let name):
      (isDate, text) = (false, format)
      zone =
        if let kept = column.zone { try TimeZoneRules(kept) } else if let name {
          try TimeZoneRules(named: name)
        } else { nil }
    default: return nil
    }
    format = if let text { try DateTimeFormat(text) } else { nil }
  }

  /// Days or microseconds from 1970; nil where the text says neither.
  func value(_ text: String) -> Int64? {
    unsafe Array(text.utf8).withUnsafeBufferPointer { bytes in
      if isDate { return unsafe format == nil ? ISODate.day(bytes) : format?.parse(bytes)?.days }
      let parts = unsafe format == nil ? ISODate.timestamp(bytes) : format?.parse(bytes)
      guard let parts else { return nil }
      guard parts.offset == nil, let zone else { return parts.utcMicroseconds }
      return zone.instant(ofLocal: parts.localMicroseconds).microseconds
    }
  }
}
