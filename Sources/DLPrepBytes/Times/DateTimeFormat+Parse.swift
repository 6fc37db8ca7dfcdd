extension DateTimeFormat {
  /// The date and time that a whole text stands for, or nil where it doesn't fit the format or
  /// doesn't exist.
  public func parse(_ text: UnsafeBufferPointer<UInt8>) -> DateTimeParts? {
    var reader = unsafe Reader(text: text)
    for item in items {
      guard reader.read(item) else { return nil }
    }
    return reader.finish()
  }

  @safe private struct Reader {
    let text: UnsafeBufferPointer<UInt8>
    var at = 0
    var parts = DateTimeParts()
    var dayOfYear: Int?
    var isAfternoon: Bool?
    var usesHour12 = false

    init(text: UnsafeBufferPointer<UInt8>) { unsafe self.text = text }

    mutating func read(_ item: Item) -> Bool {
      switch item {
      case .literal(let byte):
        guard unsafe at < text.count, unsafe text[at] == byte else { return false }
        at += 1
        return true
      case .year: return set(\.year, number(exactly: 4))
      case .shortYear:
        guard let year = number(exactly: 2) else { return false }
        parts.year = year + (year < 69 ? 2000 : 1900)
        return true
      case .month: return set(\.month, number(atMost: 2))
      case .day: return set(\.day, number(atMost: 2))
      case .hour: return set(\.hour, number(atMost: 2))
      case .hour12:
        usesHour12 = true
        return set(\.hour, number(atMost: 2)) && parts.hour >= 1 && parts.hour <= 12
      case .minute: return set(\.minute, number(atMost: 2))
      case .second: return set(\.second, number(atMost: 2))
      case .fraction:
        guard let end = unsafe ISODate.fraction(text, at, &parts.microsecond) else { return false }
        at = end
        return true
      case .dayOfYear:
        dayOfYear = number(atMost: 3)
        return dayOfYear != nil
      case .monthName:
        guard let month = name(of: Self.months) else { return false }
        parts.month = month + 1
        return true
      case .weekdayName: return name(of: Self.weekdays) != nil
      case .halfDay: return halfDay()
      case .offset: return offset()
      }
    }

    mutating func finish() -> DateTimeParts? {
      guard unsafe at == text.count else { return nil }
      if usesHour12, let isAfternoon { parts.hour = parts.hour % 12 + (isAfternoon ? 12 : 0) }
      if let dayOfYear {
        guard dayOfYear >= 1, dayOfYear <= (CivilDate.isLeap(parts.year) ? 366 : 365) else {
          return nil
        }
        let first = CivilDate.days(year: parts.year, month: 1, day: 1)
        let date = CivilDate.date(first + Int64(dayOfYear - 1))
        parts.month = date.month
        parts.day = date.day
      }
      return parts.exists ? parts : nil
    }

    private mutating func set(_ part: WritableKeyPath<DateTimeParts, Int>, _ value: Int?) -> Bool {
      guard let value else { return false }
      parts[keyPath: part] = value
      return true
    }

    private mutating func number(exactly count: Int) -> Int? {
      let start = at
      let value = number(atMost: count)
      return at - start == count ? value : nil
    }

    private mutating func number(atMost count: Int) -> Int? {
      let start = at
      var sum = 0
      while unsafe at < text.count && at - start < count && text[at] &- 48 < 10 {
        sum = unsafe sum * 10 + Int(text[at] &- 48)
        at += 1
      }
      return at > start ? sum : nil
    }

    private mutating func halfDay() -> Bool {
      guard unsafe at + 2 <= text.count, unsafe text[at + 1] | 0x20 == UInt8(ascii: "m") else {
        return false
      }
      switch unsafe text[at] | 0x20 {
      case UInt8(ascii: "a"): isAfternoon = false
      case UInt8(ascii: "p"): isAfternoon = true
      default: return false
      }
      at += 2
      return true
    }

    private mutating func offset() -> Bool {
      var end = at
      while unsafe end < text.count
        && (text[end] &- 48 < 10 || "+-:Z".utf8.contains(text[end]))
      {
        end += 1
      }
      let part = unsafe UnsafeBufferPointer(rebasing: text[at..<end])
      guard part.count > 0, let offset = unsafe ISODate.offset(part, 0) else { return false }
      parts.offset = offset
      at = end
      return true
    }

    /// The longest name that stands here, short or long.
    private mutating func name(of names: [StaticString]) -> Int? {
      for (index, name) in names.enumerated() {
        let whole = name.utf8CodeUnitCount
        for length in [whole, 3] where unsafe at + length <= text.count {
          var same = 0
          while unsafe same < length && text[at + same] | 0x20 == name.utf8Start[same] { same += 1 }
          if same == length {
            at += length
            return index
          }
        }
      }
      return nil
    }

    private static let months: [StaticString] = [
      "january", "february", "march", "april", "may", "june", "july", "august", "september",
      "october", "november", "december",
    ]
    private static let weekdays: [StaticString] = [
      "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    ]
  }
}
