import DLPrepBytes

extension RawText {
  /// Adds a day as `YYYY-MM-DD`.
  mutating func append(day: Int64) {
    let (year, month, day) = CivilDate.date(day)
    reserve(32)
    if year < 0 { append(UInt8(ascii: "-")) }
    append(digits: UInt64(year.magnitude), atLeast: 4)
    append(UInt8(ascii: "-"))
    append(digits: UInt64(month), atLeast: 2)
    append(UInt8(ascii: "-"))
    append(digits: UInt64(day), atLeast: 2)
  }

  /// Adds an instant as `YYYY-MM-DDTHH:MM:SS[.ffffff]Z`.
  mutating func append(instant microseconds: Int64) {
    let perDay: Int64 = 86_400_000_000
    var days = microseconds / perDay
    var rest = microseconds % perDay
    if rest < 0 {
      rest += perDay
      days -= 1
    }
    append(day: days)
    append(UInt8(ascii: "T"))
    let seconds = UInt64(rest / 1_000_000)
    append(digits: seconds / 3600, atLeast: 2)
    append(UInt8(ascii: ":"))
    append(digits: seconds / 60 % 60, atLeast: 2)
    append(UInt8(ascii: ":"))
    append(digits: seconds % 60, atLeast: 2)
    let fraction = UInt64(rest % 1_000_000)
    if fraction > 0 {
      append(UInt8(ascii: "."))
      append(digits: fraction, atLeast: 6)
    }
    append(UInt8(ascii: "Z"))
  }
}
