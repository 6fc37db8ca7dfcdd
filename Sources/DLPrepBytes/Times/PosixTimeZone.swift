/// The rule at the end of a TZif file for all later years: `CET-1CEST,M3.5.0,M10.5.0/3`.
struct PosixTimeZone: Sendable, Hashable {
  /// When clocks change: a day of the year and a second of that day (may be beyond it).
  struct Change: Sendable, Hashable {
    enum Day: Sendable, Hashable {
      /// `Jn`: 1 to 365, 29 February never counted.
      case julian(Int)
      /// `n`: 0 to 365, 29 February counted.
      case zeroBased(Int)
      /// `Mm.w.d`: the w-th (5: last) weekday d (0: Sunday) of a month.
      case month(Int, week: Int, weekday: Int)
    }
    var day: Day
    var second: Int

    /// The local second, from 1970, at which clocks change in a year.
    func local(_ year: Int) -> Int64 {
      let first = CivilDate.days(year: year, month: 1, day: 1)
      let number: Int64
      switch day {
      case .zeroBased(let n): number = first + Int64(n)
      case .julian(let n):
        number = first + Int64(n - 1) + (CivilDate.isLeap(year) && n >= 60 ? 1 : 0)
      case .month(let month, let week, let weekday):
        let start = CivilDate.days(year: year, month: month, day: 1)
        let startWeekday = (CivilDate.weekday(start) + 1) % 7
        var day = (weekday - startWeekday + 7) % 7 + (week - 1) * 7
        if day >= CivilDate.length(ofMonth: month, year: year) { day -= 7 }
        number = start + Int64(day)
      }
      return number * 86_400 + Int64(second)
    }
  }

  /// The rule as it is written.
  let text: [UInt8]
  var standard: Int
  var summer: Int?
  var start: Change?
  var end: Change?

  /// Seconds east of Greenwich at an instant.
  func offset(at second: Int64) -> Int {
    guard let summer, let start, let end else { return standard }
    let local = second + Int64(standard)
    let year = CivilDate.date(local / 86_400 - (local % 86_400 < 0 ? 1 : 0)).year
    let from = start.local(year) - Int64(standard)
    let to = end.local(year) - Int64(summer)
    let isSummer =
      from < to ? second >= from && second < to : !(second >= to && second < from)
    return isSummer ? summer : standard
  }

  /// Reads a rule; nil where it isn't one.
  init?(_ text: some Collection<UInt8>) {
    self.text = Array(text)
    var reader = Reader(bytes: self.text)
    guard reader.skipName(), let west = reader.time() else { return nil }
    standard = -west
    guard !reader.isAtEnd else { return }
    guard reader.skipName() else { return nil }
    if reader.peek == UInt8(ascii: ",") || reader.isAtEnd {
      summer = standard + 3600
    } else {
      guard let west = reader.time() else { return nil }
      summer = -west
    }
    if reader.isAtEnd { return }
    guard let start = reader.change(), let end = reader.change(), reader.isAtEnd else {
      return nil
    }
    self.start = start
    self.end = end
  }

  private struct Reader {
    let bytes: [UInt8]
    var at = 0
    var isAtEnd: Bool { at >= bytes.count }
    var peek: UInt8 { isAtEnd ? 0 : bytes[at] }

    init(bytes: [UInt8]) { self.bytes = bytes }

    mutating func take(_ byte: Unicode.Scalar) -> Bool {
      guard peek == UInt8(ascii: byte) else { return false }
      at += 1
      return true
    }

    mutating func skipName() -> Bool {
      if take("<") {
        while !isAtEnd, peek != UInt8(ascii: ">") { at += 1 }
        return take(">")
      }
      let start = at
      while peek | 0x20 >= UInt8(ascii: "a"), peek | 0x20 <= UInt8(ascii: "z") { at += 1 }
      return at - start >= 3
    }

    mutating func number() -> Int? {
      let start = at
      var value = 0
      while peek &- 48 < 10, at - start < 4 {
        value = value * 10 + Int(peek &- 48)
        at += 1
      }
      return at > start ? value : nil
    }

    /// `[+-]hh[:mm[:ss]]` in seconds.
    mutating func time() -> Int? {
      let sign = take("-") ? -1 : 1
      if sign == 1 { _ = take("+") }
      guard var total = number() else { return nil }
      total *= 3600
      if take(":") {
        guard let minutes = number() else { return nil }
        total += minutes * 60
        if take(":") {
          guard let seconds = number() else { return nil }
          total += seconds
        }
      }
      return sign * total
    }

    mutating func change() -> Change? {
      guard take(",") else { return nil }
      let day: Change.Day
      if take("M") {
        guard let month = number(), take("."), let week = number(), take("."),
          let weekday = number(), (1...12).contains(month), (1...5).contains(week), weekday < 7
        else { return nil }
        day = .month(month, week: week, weekday: weekday)
      } else if take("J") {
        guard let n = number(), (1...365).contains(n) else { return nil }
        day = .julian(n)
      } else {
        guard let n = number(), n <= 365 else { return nil }
        day = .zeroBased(n)
      }
      guard take("/") else { return Change(day: day, second: 7200) }
      guard let second = time() else { return nil }
      return Change(day: day, second: second)
    }
  }
}
