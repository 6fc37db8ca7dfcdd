package import DLPrepBytes

/// The rules of the time zones that an expression needs, by name.
package struct ExpressionZones: Sendable, Equatable {
  private var rules: [String: TimeZoneRules] = [:]

  /// No zone but UTC.
  package init() {}

  /// The rules of a zone; nil is UTC.
  package subscript(name: String?) -> TimeZoneRules? {
    get { name.flatMap { rules[$0] } }
    set { if let name { rules[name] = newValue } }
  }
}

/// What calendar and clock show at a moment.
struct Clock {
  /// Days after 1970-01-01.
  let days: Int64
  /// Microseconds after midnight.
  let time: Int64

  /// The clock at a day or an instant; nil where no calendar goes.
  init?(_ value: Int64, isDate: Bool, _ zone: TimeZoneRules?) {
    if isDate {
      guard value.magnitude <= 1 << 40 else { return nil }
      (days, time) = (value, 0)
      return
    }
    // The start of its year must be an instant, too, in any zone.
    guard value.magnitude <= UInt64(Int64.max - 400 * microsecondsPerDay) else { return nil }
    var local = value
    if let zone {
      let second = Self.floorDivide(value, 1_000_000)
      local += Int64(zone.offset(at: second)) * 1_000_000
    }
    days = Self.floorDivide(local, microsecondsPerDay)
    time = local - days * microsecondsPerDay
  }

  var date: (year: Int, month: Int, day: Int) { CivilDate.date(days) }

  /// The first moment of the unit that this one lies in, as a day or an instant.
  func start(of unit: TimeUnit, isDate: Bool, _ zone: TimeZoneRules?) -> Int64 {
    var (days, time) = (days, Int64(0))
    let (year, month, _) = date
    switch unit {
    case .year: days = CivilDate.days(year: year, month: 1, day: 1)
    case .quarter: days = CivilDate.days(year: year, month: (month - 1) / 3 * 3 + 1, day: 1)
    case .month: days = CivilDate.days(year: year, month: month, day: 1)
    case .week: days -= Int64(CivilDate.weekday(days))
    case .day: break
    case .hour: time = self.time / 3_600_000_000 * 3_600_000_000
    case .minute: time = self.time / 60_000_000 * 60_000_000
    case .second: time = self.time / 1_000_000 * 1_000_000
    }
    if isDate { return days }
    let local = days * microsecondsPerDay + time
    return zone?.instant(ofLocal: local).microseconds ?? local
  }

  private static func floorDivide(_ a: Int64, _ b: Int64) -> Int64 { a / b - (a % b < 0 ? 1 : 0) }
}

/// What an instant may be cut down to.
enum TimeUnit: String, CaseIterable {
  case year
  case quarter
  case month
  case week
  case day
  case hour
  case minute
  case second

  /// Whether it is shorter than a day.
  var isOfDay: Bool { [.hour, .minute, .second].contains(self) }

  static var words: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
