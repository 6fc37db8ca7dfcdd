import DLPrepData

/// Microseconds of a day.
let microsecondsOfDay = 86_400_000_000

/// The day after 1970-01-01 that `YYYY-MM-DD` stands for.
func parsedDate(_ bytes: Span<UInt8>) -> Int64? {
  guard bytes.count == 10 else { return nil }
  return parsedDay(bytes).map { Int64($0) }
}

/// The microseconds after 1970-01-01T00:00:00Z that ISO 8601 text stands for.
///
/// A date, then `T` or a space, hours and minutes, seconds and up to six decimals if need be, then `Z` or an offset;
/// without one it is UTC. A date alone is its midnight.
func parsedTimestamp(_ bytes: Span<UInt8>) -> Int64? {
  guard bytes.count >= 10, let day = parsedDay(bytes) else { return nil }
  var total = day * microsecondsOfDay
  if bytes.count == 10 { return Int64(total) }
  guard bytes.count >= 16, bytes[10] == 0x54 || bytes[10] == 0x20, bytes[13] == 0x3A,
    let hour = number(bytes, 11, 2), let minute = number(bytes, 14, 2), hour < 24, minute < 60
  else { return nil }
  total += (hour * 60 + minute) * 60_000_000
  var at = 16
  if at < bytes.count, bytes[at] == 0x3A {
    guard let second = number(bytes, at + 1, 2), second < 60 else { return nil }
    total += second * 1_000_000
    at += 3
    if at < bytes.count, bytes[at] == 0x2E {
      var unit = 100_000
      at += 1
      let start = at
      while at < bytes.count, bytes[at] &- 0x30 < 10 {
        // A seventh decimal would be lost: it may only be a zero.
        if unit == 0 && bytes[at] != 0x30 { return nil }
        total += Int(bytes[at] &- 0x30) * unit
        unit /= 10
        at += 1
      }
      if at == start { return nil }
    }
  }
  guard let offset = parsedOffset(bytes, at) else { return nil }
  return Int64(total - offset * 60_000_000)
}

/// `Z`, nothing, or `+hh:mm`, `+hhmm`, `+hh`, in minutes.
private func parsedOffset(_ bytes: Span<UInt8>, _ at: Int) -> Int? {
  if at == bytes.count { return 0 }
  if bytes[at] == 0x5A { return at + 1 == bytes.count ? 0 : nil }
  guard bytes[at] == 0x2B || bytes[at] == 0x2D, let hours = number(bytes, at + 1, 2), hours < 24
  else { return nil }
  var minutes = 0
  let rest = bytes.count - at - 3
  if rest == 3, bytes[at + 3] == 0x3A, let value = number(bytes, at + 4, 2) {
    minutes = value
  } else if rest == 2, let value = number(bytes, at + 3, 2) {
    minutes = value
  } else if rest != 0 {
    return nil
  }
  guard minutes < 60 else { return nil }
  return (bytes[at] == 0x2D ? -1 : 1) * (hours * 60 + minutes)
}

private func parsedDay(_ bytes: Span<UInt8>) -> Int? {
  guard bytes[4] == 0x2D, bytes[7] == 0x2D, let year = number(bytes, 0, 4),
    let month = number(bytes, 5, 2), let day = number(bytes, 8, 2), (1...12).contains(month)
  else { return nil }
  let date = CalendarDay(year: year, month: month, day: day)
  guard day >= 1, day <= date.daysInMonth else { return nil }
  return date.days
}

private func number(_ bytes: Span<UInt8>, _ start: Int, _ digits: Int) -> Int? {
  guard start + digits <= bytes.count else { return nil }
  var value = 0
  for i in start..<start + digits {
    guard bytes[i] &- 0x30 < 10 else { return nil }
    value = value * 10 + Int(bytes[i] &- 0x30)
  }
  return value
}
