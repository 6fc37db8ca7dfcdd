import DLPrepBytes

/// A day of the proleptic Gregorian calendar.
struct CalendarDay: Equatable {
  let year: Int
  let month: Int
  let day: Int

  /// The day that many days after 1970-01-01; beyond a billion years any will do.
  init(days: Int) {
    (year, month, day) = CivilDate.date(Int64(min(max(days, -1 << 40), 1 << 40)))
  }

  /// How many days its month has.
  var daysInMonth: Int { CivilDate.length(ofMonth: month, year: year) }

  /// Its number in the year, from 1.
  var dayOfYear: Int {
    let first = CivilDate.days(year: year, month: 1, day: 1)
    return Int(CivilDate.days(year: year, month: month, day: day) - first) + 1
  }
}

/// The ISO weekday of a day after 1970-01-01, Monday 1 to Sunday 7.
func weekday(_ days: Int) -> Int { CivilDate.weekday(Int64(days)) + 1 }

/// The ISO week of a day after 1970-01-01: the week of the year its Thursday is in.
func isoWeek(_ days: Int) -> Int {
  let thursday = days - weekday(days) + 4
  return (CalendarDay(days: thursday).dayOfYear - 1) / 7 + 1
}

/// The quotient, rounded towards minus infinity.
func floorDivide(_ a: Int, _ b: Int) -> Int { a / b - (a % b < 0 ? 1 : 0) }

/// The rest of the division that is rounded towards minus infinity.
func floorModulo(_ a: Int, _ b: Int) -> Int { a &- floorDivide(a, b) &* b }
