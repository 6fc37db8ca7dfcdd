import DLPrepPipeline
import Testing

/// A value as a plain interpreter has it.
private enum Plain: Equatable {
  case integer(Int64?)
  case float(Double?)
  case bool(Bool?)
  case text(String?)

  var printed: String {
    switch self {
    case .integer(let value): value.map { "\($0)" } ?? "null"
    case .float(let value): value.map { "\($0)" } ?? "null"
    case .bool(let value): value.map { "\($0)" } ?? "null"
    case .text(let value): value ?? "null"
    }
  }
}

/// A row of the table that random expressions look at.
private struct Row {
  var i: Int64?
  var j: Int64?
  var x: Double?
  var b: Bool?
  var t: String?
  var s: String?
}

/// An expression as text, and what it gives for one row, worked out value by value.
private struct Made<Value> {
  var text: String
  var of: (Row) -> Value?
}

/// Writes random expressions together with plain Swift that means the same.
private struct Writer {
  var random: SplitMix

  mutating func roll(_ count: Int) -> Int { Int(random.next() % UInt64(count)) }

  mutating func integer(_ depth: Int) -> Made<Int64> {
    switch depth == 0 ? roll(3) : roll(10) {
    case 0: return Made(text: "i") { $0.i }
    case 1: return Made(text: "`j`") { $0.j }
    case 2:
      let value = [0, 1, -1, 2, 7, Int64.max][roll(6)]
      return Made(text: "\(value)") { _ in value }
    case 3: return combined("+", depth) { $0.addingReportingOverflow($1) }
    case 4: return combined("-", depth) { $0.subtractingReportingOverflow($1) }
    case 5: return combined("*", depth) { $0.multipliedReportingOverflow(by: $1) }
    case 6:
      return combined("%", depth) { a, b in
        if b == 0 { return (0, true) }
        if b == -1 { return (0, false) }
        let rest = a % b
        return (rest == 0 || rest.signum() == b.signum() ? rest : rest + b, false)
      }
    case 7: return choice(depth) { $0.integer($1) }
    case 8:
      let a = text(depth - 1)
      return Made(text: "length(\(a.text))") { a.of($0).map { Int64($0.unicodeScalars.count) } }
    default:
      let (a, b) = (integer(depth - 1), integer(depth - 1))
      return Made(text: "coalesce(\(a.text), \(b.text))") { a.of($0) ?? b.of($0) }
    }
  }

  private mutating func combined(
    _ sign: String, _ depth: Int, _ body: @escaping (Int64, Int64) -> (Int64, Bool)
  ) -> Made<Int64> {
    let (a, b) = (integer(depth - 1), integer(depth - 1))
    return Made(text: "(\(a.text)) \(sign) (\(b.text))") { row in
      guard let x = a.of(row), let y = b.of(row) else { return nil }
      let (value, isBad) = body(x, y)
      return isBad ? nil : value
    }
  }

  mutating func float(_ depth: Int) -> Made<Double> {
    func finite(_ value: Double) -> Double? { value.isFinite ? value : nil }
    switch depth == 0 ? roll(2) : roll(8) {
    case 0: return Made(text: "x") { $0.x }
    case 1:
      let value = [0.0, 0.5, -2.25, 1e300][roll(4)]
      return Made(text: "\(value)") { _ in value }
    case 2:
      let (a, b) = (float(depth - 1), integer(depth - 1))
      return Made(text: "(\(a.text)) * (\(b.text))") { row in
        guard let x = a.of(row), let y = b.of(row) else { return nil }
        return finite(x * Double(y))
      }
    case 3:
      let (a, b) = (integer(depth - 1), float(depth - 1))
      return Made(text: "(\(a.text)) / (\(b.text))") { row in
        guard let x = a.of(row), let y = b.of(row), y != 0 else { return nil }
        return finite(Double(x) / y)
      }
    case 4:
      let a = float(depth - 1)
      return Made(text: "sqrt(\(a.text))") { a.of($0).flatMap { finite($0.squareRoot()) } }
    case 5:
      let (a, b) = (float(depth - 1), float(depth - 1))
      return Made(text: "max(\(a.text), \(b.text))") { row in
        guard let x = a.of(row), let y = b.of(row) else { return nil }
        return y > x ? y : x
      }
    case 6:
      let a = float(depth - 1)
      return Made(text: "floor(\(a.text))") { a.of($0)?.rounded(.down) }
    default: return choice(depth) { $0.float($1) }
    }
  }

  mutating func bool(_ depth: Int) -> Made<Bool> {
    switch depth == 0 ? 0 : roll(9) {
    case 0: return Made(text: "b") { $0.b }
    case 1:
      let (a, b) = (bool(depth - 1), bool(depth - 1))
      return Made(text: "(\(a.text)) and (\(b.text))") { row in
        let (x, y) = (a.of(row), b.of(row))
        if x == false || y == false { return false }
        return x == nil || y == nil ? nil : true
      }
    case 2:
      let (a, b) = (bool(depth - 1), bool(depth - 1))
      return Made(text: "(\(a.text)) or (\(b.text))") { row in
        let (x, y) = (a.of(row), b.of(row))
        if x == true || y == true { return true }
        return x == nil || y == nil ? nil : false
      }
    case 3:
      let a = bool(depth - 1)
      return Made(text: "not (\(a.text))") { a.of($0).map { !$0 } }
    case 4:
      let (a, b) = (integer(depth - 1), integer(depth - 1))
      return Made(text: "(\(a.text)) < (\(b.text))") { row in
        guard let x = a.of(row), let y = b.of(row) else { return nil }
        return x < y
      }
    case 5:
      let (a, b) = (text(depth - 1), text(depth - 1))
      return Made(text: "\(a.text) == \(b.text)") { row in
        guard let x = a.of(row), let y = b.of(row) else { return nil }
        return Array(x.utf8) == Array(y.utf8)
      }
    case 6:
      let a = float(depth - 1)
      return Made(text: "is_null(\(a.text))") { a.of($0) == nil }
    case 7:
      let a = integer(depth - 1)
      return Made(text: "\(a.text.contains(" ") ? "(\(a.text))" : a.text) in (1, 2, 7)") {
        a.of($0).map { [1, 2, 7].contains($0) }
      }
    default:
      let a = text(depth - 1)
      return Made(text: "contains(\(a.text), 'a')") { a.of($0).map { $0.utf8.contains(97) } }
    }
  }

  mutating func text(_ depth: Int) -> Made<String> {
    switch depth == 0 ? roll(3) : roll(7) {
    case 0: return Made(text: "t") { $0.t }
    case 1: return Made(text: "s") { $0.s }
    case 2: return Made(text: "'aB'") { _ in "aB" }
    case 3:
      let a = text(depth - 1)
      return Made(text: "lower(\(a.text))") { a.of($0)?.lowercased() }
    case 4:
      let (a, b) = (text(depth - 1), text(depth - 1))
      return Made(text: "concat(\(a.text), \(b.text))") { row in
        guard let x = a.of(row), let y = b.of(row) else { return nil }
        return x + y
      }
    case 5:
      let a = text(depth - 1)
      return Made(text: "slice(\(a.text), 1, 2)") { row in
        a.of(row).map { String(String.UnicodeScalarView($0.unicodeScalars.dropFirst().prefix(2))) }
      }
    default: return choice(depth) { $0.text($1) }
    }
  }

  /// `if` and `case` of any type.
  private mutating func choice<Value>(
    _ depth: Int, _ part: (inout Writer, Int) -> Made<Value>
  ) -> Made<Value> {
    let condition = bool(depth - 1)
    let (a, b) = (part(&self, depth - 1), part(&self, depth - 1))
    if roll(2) == 0 {
      return Made(text: "if(\(condition.text), \(a.text), \(b.text))") { row in
        guard let holds = condition.of(row) else { return nil }
        return holds ? a.of(row) : b.of(row)
      }
    }
    return Made(text: "case(\(condition.text), \(a.text), \(b.text))") { row in
      condition.of(row) == true ? a.of(row) : b.of(row)
    }
  }
}

@Test func randomExpressionsGiveWhatAPlainInterpreterGives() throws {
  var writer = Writer(random: SplitMix(seed: 2024))
  let count = 150
  func maybe<T>(_ value: T) -> T? { writer.roll(6) == 0 ? nil : value }
  let rows = (0..<count).map { _ in
    Row(
      i: maybe([0, 1, -3, 5, .max, .min][writer.roll(6)]), j: maybe(Int64(writer.roll(5)) - 2),
      x: maybe([0, -1.5, 4, 1e200, 0.1][writer.roll(5)]), b: maybe(writer.roll(2) == 0),
      t: maybe(["a", "B", "ÀaX", "", "b a"][writer.roll(5)]),
      s: maybe(["a", "text \(writer.roll(50))", "É"][writer.roll(3)]))
  }
  func given(_ range: Range<Int>) -> [Given] {
    let rows = rows[range]
    return [
      .integers("i", rows.map(\.i)), .integers("j", rows.map(\.j)), .floats("x", rows.map(\.x)),
      .bools("b", rows.map(\.b)), .categories("t", rows.map(\.t)), .texts("s", rows.map(\.s)),
    ]
  }
  var present = 0
  for number in 0..<400 {
    let text: String
    let expected: [String]
    switch number % 4 {
    case 0:
      let made = writer.integer(4)
      (text, expected) = (made.text, rows.map { Plain.integer(made.of($0)).printed })
    case 1:
      let made = writer.float(4)
      (text, expected) = (made.text, rows.map { Plain.float(made.of($0)).printed })
    case 2:
      let made = writer.bool(4)
      (text, expected) = (made.text, rows.map { Plain.bool(made.of($0)).printed })
    default:
      let made = writer.text(4)
      (text, expected) = (made.text, rows.map { Plain.text(made.of($0)).printed })
    }
    let whole = try evaluated(text, given(0..<count))
    #expect(whole.values == expected, "\(text)")
    // Any partition gives the same, and loses as many.
    let parts = try [0..<1, 1..<65, 65..<count].map { try evaluated(text, given($0)) }
    #expect(parts.flatMap(\.values) == expected, "\(text)")
    let lost = parts.reduce(into: [:]) { $0.merge($1.lost, uniquingKeysWith: +) }
    #expect(lost == whole.lost, "\(text)")
    present += expected.count { $0 != "null" }
  }
  #expect(present > 20_000)
}
