import DLPrepBytes

/// Microseconds of a day.
let microsecondsOfDay = 86_400_000_000

/// The day after 1970-01-01 that `YYYY-MM-DD` stands for.
func parsedDate(_ bytes: Span<UInt8>) -> Int64? {
  unsafe bytes.withUnsafeBufferPointer { unsafe ISODate.day($0) }
}

/// The microseconds after 1970-01-01T00:00:00Z that ISO 8601 text stands for.
///
/// Without an offset it is UTC; a date alone is its midnight.
func parsedTimestamp(_ bytes: Span<UInt8>) -> Int64? {
  if let day = parsedDate(bytes) { return day * Int64(microsecondsOfDay) }
  return unsafe bytes.withUnsafeBufferPointer { unsafe ISODate.timestamp($0)?.utcMicroseconds }
}
