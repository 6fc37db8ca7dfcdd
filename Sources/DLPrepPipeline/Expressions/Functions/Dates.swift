import DLPrepBytes
import DLPrepData

/// Functions of dates, instants and spans. Instants are taken apart on the clocks of the column's
/// time zone, else in UTC.
extension ExpressionFunction {
  static let dates: [ExpressionFunction] = [
    ExpressionFunction(
      "days", [.init("x", [.span, .integer])],
      "The days of a span, with decimals for a span of time; of a whole number, that many days.",
      "days('2024-03-01' - '2024-02-01')", "29",
      type: { call in
        switch call.types[0] {
        case .days: .integer
        case .duration: .float
        case .unknown: .unknown
        default: .days
        }
      },
      compile: { call in
        guard call.type == .float else { return call.arguments[0] }
        return spanInFloats(call, 1 / Double(microsecondsPerDay))
      }),
    ExpressionFunction(
      "seconds", [.init("x", [.span, .integer])],
      "The seconds of a span, with decimals for a span of time; of a whole number, that many "
        + "seconds.",
      "seconds('2024-03-01' - '2024-02-29')", "86400",
      type: { call in
        switch call.types[0] {
        case .days: .integer
        case .duration: .float
        case .unknown: .unknown
        default: .duration
        }
      },
      compile: { call in
        guard call.type != .float else { return spanInFloats(call, 1 / 1e6) }
        let factor: Int64 = call.type == .integer ? 86_400 : 1_000_000
        return Operation.integer(call) { $0.multipliedReportingOverflow(by: factor) }
      }),
    part("year", "The year.", "year('2024-02-29')", "2024") { Int64($0.date.year) },
    part("month", "The month, 1 to 12.", "month('2024-02-29')", "2") { Int64($0.date.month) },
    part("day", "The day of the month.", "day('2024-02-29')", "29") { Int64($0.date.day) },
    part(
      "weekday", "The day of the week as ISO counts it, Monday 1 to Sunday 7.",
      "weekday('2024-02-29')", "4"
    ) { Int64(CivilDate.weekday($0.days)) + 1 },
    part("hour", "The hour, 0 to 23; of a date 0.", "hour('2024-02-29T17:45:00Z')", "17") {
      $0.time / 3_600_000_000
    },
    ExpressionFunction(
      "trunc", [.init("x", .time), .init("unit", .text).literal],
      "The start of the year, quarter, month, week (Monday), day, hour, minute or second it lies in.",
      "days(trunc('2024-02-29', 'month') - '2024-01-01')", "31",
      type: { call throws(ExpressionError) in
        try call.readTimes()
        guard case .text(let text)? = call.arguments[1].literal else { return call.types[0] }
        guard let unit = TimeUnit(rawValue: text) else {
          throw call.error(
            "'trunc': expected one of \(TimeUnit.words), found '\(text)'", 1,
            hint: suggestion(for: text, among: TimeUnit.allCases.map(\.rawValue)))
        }
        if call.types[0] == .date && unit.isOfDay {
          throw call.error("'trunc': a date has no \(text)", 1)
        }
        return call.types[0]
      },
      compile: { call in
        let unit = TimeUnit(rawValue: call.text(1) ?? "") ?? .day
        let zone = call.zones[call.typed[0].timeZone]
        let isDate = call.type == .date
        return Operation.integer(call, loss: .noDate) { value in
          guard let clock = Clock(value, isDate: isDate, zone) else { return (0, true) }
          return (clock.start(of: unit, isDate: isDate, zone), false)
        }
      }),
  ]

  private static func part(
    _ name: String, _ summary: String, _ example: String, _ result: String,
    _ body: @escaping @Sendable (Clock) -> Int64
  ) -> ExpressionFunction {
    ExpressionFunction(
      name, [.init("x", .time)], summary, example, result,
      type: { call throws(ExpressionError) in
        try call.readTimes()
        return .integer
      },
      compile: { call in
        let isDate = call.typed[0].type == .date
        let zone = call.zones[call.typed[0].timeZone]
        return Operation.integer(call, loss: .noDate) { value in
          guard let clock = Clock(value, isDate: isDate, zone) else { return (0, true) }
          return (body(clock), false)
        }
      })
  }

  private static func spanInFloats(_ call: CompiledCall, _ factor: Double) -> Evaluation {
    let argument = call.arguments[0]
    let out = Column()
    // Divided, not multiplied, so that whole days are whole.
    let divisor = (1 / factor).rounded()
    return { frame, active in
      let a = argument(frame, active)
      out.prepare(.floats, like: a)
      transform(a.integers, frame.count, into: &out.floats) { Double($0) / divisor }
      return out
    }
  }
}

extension ExpressionCall {
  /// Reads a text literal that stands alone as a date, or as an instant where it has a time.
  fileprivate mutating func readTimes() throws(ExpressionError) {
    guard case .text(let text)? = arguments[0].literal else { return }
    try convert(0, to: text.utf8.count > 10 ? .timestamp : .date)
  }
}
