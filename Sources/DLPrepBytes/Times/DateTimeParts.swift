/// What a text says of a date and a time of day, checked to exist.
public struct DateTimeParts: Sendable, Equatable {
  /// The year, 0 to 9999.
  public var year = 1970
  /// The month, from 1.
  public var month = 1
  /// The day of the month, from 1.
  public var day = 1
  /// The hour, 0 to 23.
  public var hour = 0
  /// The minute.
  public var minute = 0
  /// The second; leap seconds are refused, because no instant stands for them.
  public var second = 0
  /// Millionths of a second.
  public var microsecond = 0
  /// Seconds east of Greenwich, where the text says so.
  public var offset: Int?

  /// The first instant of 1970, without an offset.
  public init() {}

  /// Whether all parts are in range and the day exists.
  @inlinable public var exists: Bool {
    year >= 0 && year <= 9999 && month >= 1 && month <= 12 && day >= 1
      && day <= CivilDate.length(ofMonth: month, year: year) && hour >= 0 && hour < 24
      && minute >= 0 && minute < 60 && second >= 0 && second < 60
  }

  /// The day's number from 1970-01-01.
  @inlinable public var days: Int64 { CivilDate.days(year: year, month: month, day: day) }

  /// Microseconds from 1970-01-01T00:00:00 on the clock that the text was read from.
  @inlinable public var localMicroseconds: Int64 {
    let seconds = days * 86_400 + Int64(hour * 3600 + minute * 60 + second)
    return seconds * 1_000_000 + Int64(microsecond)
  }

  /// The instant, where there is an offset; else as if the clock showed UTC.
  @inlinable public var utcMicroseconds: Int64 {
    localMicroseconds - Int64(offset ?? 0) * 1_000_000
  }
}
