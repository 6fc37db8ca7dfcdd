import DLPrepBytes
public import DLPrepPipeline

/// A part of a date or time.
public enum DatePart: String, Sendable, CaseIterable, ParameterValue {
  case year
  case quarter
  case month
  case week
  case day
  case weekday
  case dayOfYear = "day_of_year"
  case hour
  case minute
  case second
  case isWeekend = "is_weekend"
  case isMonthStart = "is_month_start"
  case isMonthEnd = "is_month_end"
  case isLeapYear = "is_leap_year"

  /// Whether only instants have it.
  var isTimeOfDay: Bool { self == .hour || self == .minute || self == .second }

  /// Whether it comes round again.
  var hasPeriod: Bool {
    switch self {
    case .year, .isWeekend, .isMonthStart, .isMonthEnd, .isLeapYear: false
    default: true
    }
  }

  /// After how much it comes round again on that day.
  func period(_ day: CalendarDay) -> Double {
    switch self {
    case .quarter: 4
    case .month: 12
    case .week: 365.2425 / 7
    case .day: Double(day.daysInMonth)
    case .weekday: 7
    case .dayOfYear: 365.2425
    case .hour: 24
    case .minute, .second: 60
    case .year, .isWeekend, .isMonthStart, .isMonthEnd, .isLeapYear: .infinity
    }
  }

  /// Its value on a day, at some microseconds after midnight.
  func value(_ day: CalendarDay, _ days: Int, _ time: Int) -> Int {
    switch self {
    case .year: day.year
    case .quarter: (day.month - 1) / 3 + 1
    case .month: day.month
    case .week: isoWeek(days)
    case .day: day.day
    case .weekday: DLPrepStages.weekday(days)
    case .dayOfYear: day.dayOfYear
    case .hour: time / 3_600_000_000
    case .minute: time / 60_000_000 % 60
    case .second: time / 1_000_000 % 60
    case .isWeekend: DLPrepStages.weekday(days) >= 6 ? 1 : 0
    case .isMonthStart: day.day == 1 ? 1 : 0
    case .isMonthEnd: day.day == day.daysInMonth ? 1 : 0
    case .isLeapYear: CivilDate.isLeap(day.year) ? 1 : 0
    }
  }
}
