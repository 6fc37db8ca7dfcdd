/// A UTC instant of the sample tables, written as a date or a date and time.
struct Moment {
  let seconds: Int

  init(day: Int, second: Int = 0) { seconds = day * 86_400 + second }

  var date: String {
    let (year, month, day) = civil
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  var time: String {
    let second = seconds % 86_400
    return "\(padded(second / 3600, 2)):\(padded(second / 60 % 60, 2)):\(padded(second % 60, 2))"
  }

  /// Year, month and day of the Gregorian calendar from days since 1970 (Hinnant's algorithm).
  private var civil: (year: Int, month: Int, day: Int) {
    let z = seconds / 86_400 + 719_468
    let era = z / 146_097
    let dayOfEra = z % 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let shifted = (5 * dayOfYear + 2) / 153
    let month = shifted < 10 ? shifted + 3 : shifted - 9
    return (
      yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * shifted + 2) / 5 + 1
    )
  }
}
