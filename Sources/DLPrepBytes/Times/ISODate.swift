/// Dates and instants as ISO 8601 writes them: `YYYY-MM-DD`, and `YYYY-MM-DD(T| )HH:MM[:SS[.f]]`
/// with `Z`, `±HH`, `±HH:MM`, `±HHMM` or no offset.
///
/// Nothing is guessed: no other order, no missing digits, no week dates, no hour 24, no second 60.
public enum ISODate {
  /// The number of the day, or nil where the text is no such date.
  @inlinable public static func day(_ text: UnsafeBufferPointer<UInt8>) -> Int64? {
    guard text.count == 10 else { return nil }
    var parts = DateTimeParts()
    guard unsafe readDate(text, &parts), parts.exists else { return nil }
    return parts.days
  }

  /// The date and time, or nil where the text is no such instant.
  ///
  /// More than six decimals are taken only if the rest is zero: an instant has microseconds.
  @inlinable public static func timestamp(_ text: UnsafeBufferPointer<UInt8>) -> DateTimeParts? {
    let count = text.count
    guard count >= 16 else { return nil }
    var parts = DateTimeParts()
    guard unsafe readDate(text, &parts) else { return nil }
    guard unsafe text[10] == UInt8(ascii: "T") || text[10] == UInt8(ascii: " ") else { return nil }
    parts.hour = unsafe two(text, 11)
    parts.minute = unsafe two(text, 14)
    guard unsafe text[13] == UInt8(ascii: ":"), parts.hour >= 0, parts.minute >= 0 else {
      return nil
    }
    var at = 16
    if at < count, unsafe text[at] == UInt8(ascii: ":") {
      guard count >= at + 3 else { return nil }
      parts.second = unsafe two(text, at + 1)
      guard parts.second >= 0 else { return nil }
      at += 3
      if at < count, unsafe text[at] == UInt8(ascii: ".") || text[at] == UInt8(ascii: ",") {
        guard let end = unsafe fraction(text, at + 1, &parts.microsecond) else { return nil }
        at = end
      }
    }
    if at < count {
      guard let offset = unsafe offset(text, at) else { return nil }
      parts.offset = offset
    }
    return parts.exists ? parts : nil
  }

  @inlinable static func readDate(
    _ text: UnsafeBufferPointer<UInt8>, _ parts: inout DateTimeParts
  ) -> Bool {
    let century = unsafe two(text, 0)
    let year = unsafe two(text, 2)
    parts.month = unsafe two(text, 5)
    parts.day = unsafe two(text, 8)
    parts.year = century * 100 + year
    return unsafe century >= 0 && year >= 0 && text[4] == UInt8(ascii: "-")
      && text[7] == UInt8(ascii: "-")
  }

  /// Two digits, or -1000.
  @inlinable static func two(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int {
    let tens = unsafe text[at] &- 48
    let ones = unsafe text[at + 1] &- 48
    return tens < 10 && ones < 10 ? Int(tens) * 10 + Int(ones) : -1000
  }

  /// Decimals of a second; where they end, or nil where there are none or too many.
  @usableFromInline static func fraction(
    _ text: UnsafeBufferPointer<UInt8>, _ start: Int, _ microsecond: inout Int
  ) -> Int? {
    var at = start
    var value = 0
    while unsafe at < text.count && text[at] &- 48 < 10 {
      let digit = unsafe Int(text[at] &- 48)
      if at - start < 6 {
        value = value * 10 + digit
      } else if digit != 0 {
        return nil
      }
      at += 1
    }
    guard at > start else { return nil }
    for _ in min(at - start, 6)..<6 { value *= 10 }
    microsecond = value
    return at
  }

  /// An offset that ends the text, in seconds.
  @usableFromInline static func offset(_ text: UnsafeBufferPointer<UInt8>, _ at: Int) -> Int? {
    let rest = text.count - at
    let sign: Int
    switch unsafe text[at] {
    case UInt8(ascii: "Z"): return rest == 1 ? 0 : nil
    case UInt8(ascii: "+"): sign = 1
    case UInt8(ascii: "-"): sign = -1
    default: return nil
    }
    guard rest == 3 || rest == 5 || rest == 6 else { return nil }
    if rest == 6, unsafe text[at + 3] != UInt8(ascii: ":") { return nil }
    let hours = unsafe two(text, at + 1)
    let minutes = rest == 3 ? 0 : unsafe two(text, at + rest - 2)
    guard hours >= 0, hours < 24, minutes >= 0, minutes < 60 else { return nil }
    return sign * (hours * 3600 + minutes * 60)
  }
}
