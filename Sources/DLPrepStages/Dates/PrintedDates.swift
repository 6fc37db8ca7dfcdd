/// A day after 1970-01-01 as `YYYY-MM-DD`.
func printedDate(_ days: Int) -> String {
  let day = CalendarDay(days: days)
  return "\(padded(day.year, 4))-\(padded(day.month, 2))-\(padded(day.day, 2))"
}

/// Microseconds after 1970-01-01T00:00:00Z as ISO 8601 in UTC, as tables are written: with six
/// decimals, where there are any.
func printedTimestamp(_ microseconds: Int) -> String {
  let days = floorDivide(microseconds, microsecondsOfDay)
  let rest = microseconds &- days &* microsecondsOfDay
  let seconds = rest / 1_000_000
  let decimals = rest % 1_000_000 == 0 ? "" : ".\(padded(rest % 1_000_000, 6))"
  let clock = [seconds / 3600, seconds / 60 % 60, seconds % 60].map { padded($0, 2) }
  return "\(printedDate(days))T\(clock.joined(separator: ":"))\(decimals)Z"
}

private func padded(_ number: Int, _ width: Int) -> String {
  let digits = "\(abs(number))"
  let zeros = String(repeating: "0", count: max(0, width - digits.utf8.count))
  return (number < 0 ? "-" : "") + zeros + digits
}
