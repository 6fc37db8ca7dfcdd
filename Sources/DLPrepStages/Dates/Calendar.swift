import DLPrepData

/// A day of the proleptic Gregorian calendar.
struct CalendarDay: Equatable {
  var year: Int
  var month: Int
  var day: Int

  init(year: Int, month: Int, day: Int) {
    self.year = year
    self.month = month
    self.day = day
  }

  /// The day that many days after 1970-01-01.
  ///
  /// After H. Hinnant, `civil_from_days`.
  init(days: Int) {
    // Beyond a billion years any day will do: nothing may overflow.
    let shifted = min(max(days, -1 << 40), 1 << 40) + 719_468
    let era = floorDivide(shifted, 146_097)
    let ofEra = shifted - era * 146_097
    let yearOfEra = (ofEra - ofEra / 1460 + ofEra / 36_524 - ofEra / 146_096) / 365
    let ofYear = ofEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let fromMarch = (5 * ofYear + 2) / 153
    day = ofYear - (153 * fromMarch + 2) / 5 + 1
    month = fromMarch < 10 ? fromMarch + 3 : fromMarch - 9
    year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
  }

  /// How many days after 1970-01-01 it is.
  ///
  /// After H. Hinnant, `days_from_civil`.
  var days: Int {
    let shifted = month <= 2 ? year - 1 : year
    let era = floorDivide(shifted, 400)
    let yearOfEra = shifted - era * 400
    let ofYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1
    return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + ofYear - 719_468
  }

  /// Whether its year has 366 days.
  var isLeapYear: Bool { year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) }

  /// How many days its month has.
  var daysInMonth: Int {
    month == 2 ? (isLeapYear ? 29 : 28) : 30 + (month + month / 8) % 2
  }

  /// Its number in the year, from 1.
  var dayOfYear: Int { days - CalendarDay(year: year, month: 1, day: 1).days + 1 }
}

/// The ISO weekday of a day after 1970-01-01, Monday 1 to Sunday 7.
func weekday(_ days: Int) -> Int { floorModulo(days + 3, 7) + 1 }

/// The ISO week of a day after 1970-01-01: the week of the year its Thursday is in.
func isoWeek(_ days: Int) -> Int {
  let thursday = days - weekday(days) + 4
  return (CalendarDay(days: thursday).dayOfYear - 1) / 7 + 1
}

/// The quotient, rounded towards minus infinity.
func floorDivide(_ a: Int, _ b: Int) -> Int { a / b - (a % b < 0 ? 1 : 0) }

/// The rest of the division that is rounded towards minus infinity.
func floorModulo(_ a: Int, _ b: Int) -> Int { a &- floorDivide(a, b) &* b }
