import DLPrepData

/// `+ - * / %` and the sign. Integers stay integers, but for `/`; an overflow is null.
extension ExpressionFunction {
  static let arithmetic: [ExpressionFunction] = [
    ExpressionFunction(
      "+", [.init("a", [.number, .time, .span]), .init("b", [.number, .time, .span])],
      "The sum; a date or instant and a span give a date or instant.", "1 + 2.5", "3.5",
      written: "a + b",
      type: { call throws(ExpressionError) in
        if let moved = try call.movedTime(allowsReverse: true) { return moved }
        return try call.sameNumberOrSpan()
      },
      compile: { call in
        call.type == .float
          ? Operation.floats(call, AddFloats.self) : Operation.integers(call, AddIntegers.self)
      }),
    ExpressionFunction(
      "-", [.init("a", [.number, .time, .span]), .init("b", [.number, .time, .span])],
      "The difference; that of two dates or instants is a span, see days and seconds.",
      "days('2024-03-01' - '2024-02-01')", "29", written: "a - b",
      type: { call throws(ExpressionError) in
        if let moved = try call.movedTime(allowsReverse: false) { return moved }
        if let span = try call.differenceOfTimes() { return span }
        return try call.sameNumberOrSpan()
      },
      compile: { call in
        call.type == .float
          ? Operation.floats(call, SubtractFloats.self)
          : Operation.integers(call, SubtractIntegers.self)
      }),
    ExpressionFunction(
      "*", [.init("a", .number), .init("b", .number)], "The product.", "6 * 7", "42",
      written: "a * b",
      type: { call throws(ExpressionError) in try call.unify(0...1) },
      compile: { call in
        call.type == .float
          ? Operation.floats(call, MultiplyFloats.self)
          : Operation.integers(call, MultiplyIntegers.self)
      }),
    ExpressionFunction(
      "/", [.init("a", .number), .init("b", .number)],
      "The quotient, always a float; null where b is zero.", "7 / 2", "3.5", written: "a / b",
      type: { call throws(ExpressionError) in
        if !call.isOpen { for position in 0...1 { try call.convert(position, to: .float) } }
        return .float
      },
      compile: { Operation.floats($0, DivideFloats.self) }),
    ExpressionFunction(
      "%", [.init("a", .number), .init("b", .number)],
      "The rest of the division rounded down: it has the sign of b; null where b is zero.",
      "-7 % 3", "2", written: "a % b",
      type: { call throws(ExpressionError) in try call.unify(0...1) },
      compile: { call in
        call.type == .float
          ? Operation.floats(call, FloatRest.self) : Operation.integers(call, IntegerRest.self)
      }),
    ExpressionFunction(
      "negate", [.init("a", [.number, .span])], "The number with the other sign.", "-(2 + 3)",
      "-5", written: "-a",
      type: { call in call.types[0] },
      compile: { call in
        call.type == .float
          ? Operation.float(call) { -$0 }
          : Operation.integer(call) { (0 &- $0, $0 == .min) }
      }),
  ]
}

extension ExpressionCall {
  /// The type of a date or instant moved by a span; nil where it is none.
  fileprivate mutating func movedTime(
    allowsReverse: Bool
  ) throws(ExpressionError) -> ExpressionType? {
    for (time, span) in allowsReverse ? [(0, 1), (1, 0)] : [(0, 1)] {
      switch (types[time], types[span]) {
      case (.date, .days): return .date
      case (.date, .duration):
        throw error(
          "expected a span of days beside a date, found a span of time", span,
          hint: "a date has no time of day: use days(n)")
      case (.timestamp, .days):
        try convert(span, to: .duration)
        return .timestamp
      case (.timestamp, .duration): return .timestamp
      case (.date, .integer), (.timestamp, .integer), (.date, .float), (.timestamp, .float):
        throw error(
          "expected a span beside a \(types[time].name), found a number", span,
          hint: "write days(n) or seconds(n)")
      default: continue
      }
    }
    return nil
  }

  /// The type of the difference of two dates or instants; nil where it is none.
  fileprivate mutating func differenceOfTimes() throws(ExpressionError) -> ExpressionType? {
    func isTime(_ type: ExpressionType) -> Bool { type == .date || type == .timestamp }
    func isText(_ position: Int) -> Bool {
      if case .text? = arguments[position].literal { true } else { false }
    }
    if isText(0) && isText(1) { for position in 0...1 { try convert(position, to: .date) } }
    guard isTime(types[0]) || isTime(types[1]) else { return nil }
    if types.contains(.unknown) { return .unknown }
    return try unify(0...1) == .date ? .days : .duration
  }

  /// The one type of two numbers or two spans.
  fileprivate mutating func sameNumberOrSpan() throws(ExpressionError) -> ExpressionType {
    let type = try unify(0...1)
    let taken: ExpressionTypes = [.number, .span]
    guard taken.admits(type) else {
      throw error(
        "'\(function.name)': expected \(taken.words), found \(type.name)", 0,
        hint: type == .category || type == .text ? "texts are joined by concat(a, b)" : nil)
    }
    return type
  }
}

private enum AddFloats: RowOperation {
  static func apply(_ a: Double, _ b: Double) -> (Double, Bool) { (a + b, !(a + b).isFinite) }
}
private enum AddIntegers: RowOperation {
  static func apply(_ a: Int64, _ b: Int64) -> (Int64, Bool) {
    let sum = a &+ b
    return (sum, (a ^ sum) & (b ^ sum) < 0)
  }
}
private enum SubtractFloats: RowOperation {
  static func apply(_ a: Double, _ b: Double) -> (Double, Bool) { (a - b, !(a - b).isFinite) }
}
private enum SubtractIntegers: RowOperation {
  static func apply(_ a: Int64, _ b: Int64) -> (Int64, Bool) {
    let difference = a &- b
    return (difference, (a ^ b) & (a ^ difference) < 0)
  }
}
private enum MultiplyFloats: RowOperation {
  static func apply(_ a: Double, _ b: Double) -> (Double, Bool) { (a * b, !(a * b).isFinite) }
}
private enum MultiplyIntegers: RowOperation {
  static func apply(_ a: Int64, _ b: Int64) -> (Int64, Bool) {
    a.multipliedReportingOverflow(by: b)
  }
}
private enum DivideFloats: RowOperation {
  static let divides = true
  static func apply(_ a: Double, _ b: Double) -> (Double, Bool) {
    (a / b, !(a / b).isFinite || b == 0)
  }
}
private enum FloatRest: RowOperation {
  static let divides = true
  static func apply(_ a: Double, _ b: Double) -> (Double, Bool) {
    if b == 0 || !b.isFinite { return (0, b == 0 || !a.isFinite || b.isNaN) }
    var rest = a.truncatingRemainder(dividingBy: b)
    if rest != 0 && (rest < 0) != (b < 0) { rest += b }
    return (rest, !rest.isFinite)
  }
}
private enum IntegerRest: RowOperation {
  static let divides = true
  static func apply(_ a: Int64, _ b: Int64) -> (Int64, Bool) {
    if b == 0 { return (0, true) }
    if b == -1 { return (0, false) }
    let rest = a % b
    return (rest != 0 && (rest < 0) != (b < 0) ? rest + b : rest, false)
  }
}
