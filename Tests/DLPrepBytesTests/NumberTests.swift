import CDLPrepScan
import Testing

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

@Suite struct NumberTests {
  private func parse(_ text: String) -> (code: Int32, value: Double) {
    var value = Double.nan
    let bytes = Array(text.utf8)
    let code = unsafe dlp_parse_double(bytes, bytes.count, &value)
    return (code, value)
  }

  private func agrees(_ text: String) -> Bool {
    let want = unsafe strtod(text, nil)
    let got = parse(text)
    if want.isInfinite { return got.code == 2 }
    return got.code == 0 && got.value.bitPattern == want.bitPattern
  }

  @Test(arguments: [
    "", "+", "-", ".", "e5", "1e", "1e+", "1e-", ".e1", "0x1F", "nan", "inf", "infinity", " 1",
    "1 ",
    "1,5", "1_000", "--1", "+-1", "1.2.3", "1e5.0", "1f", "\u{FF15}", "NaN(0x1)", "1e5e5", "-.e3",
  ])
  func notOfTheGrammar(text: String) { #expect(parse(text).code == 1) }

  @Test(arguments: [
    "0", "-0", "+0", "-0.0", ".5", "5.", "+5", "007", "00000000000000000000001.50", "1e22", "1e23",
    "1E5", "9007199254740993", "9007199254740992.5", "1e-7", "0e999999999999999999999", "1e400",
    "-1e400", "1e309", "1e-400", "4.9e-324", "2.4703282292062327e-324", "2.4703282292062328e-324",
    "2.2250738585072011e-308", "2.2250738585072012e-308", "1.7976931348623157e308",
    "1.7976931348623158e308", "1.7976931348623159e308",
    "0.000000000000000000000000000012345678901234567",
    "123456789012345678901234567890", "9223372036854775808", "18446744073709551616",
    "1e999999999999999999999999", "1e-999999999999999999999999", "7.2057594037927933e16",
    "0.1", "0.30000000000000004",
    "179769313486231580793728971405303415079934132710037826936173778980444968292764750946649017977587207096330286416692887910946555547851940402630657488671505820681908902000708383676273854845817711531764475730270069855571366959622842914819860834936475292719074168444365510704342711559699508093042880",
  ])
  func adversarial(text: String) { #expect(agrees(text), "\(text)") }

  /// Exactly between two doubles, and a hair above and below, with hundreds of digits.
  @Test func halfways() {
    var random = SeededBytes(5)
    var digits = [CChar](repeating: 0, count: 2000)
    for round in 0..<2000 {
      let bits = random.next() >> (round % 3 == 0 ? 11 : 1)
      let low = Double(bitPattern: bits)
      guard low.isFinite, low.nextUp.isFinite else { continue }
      #if arch(x86_64)
      let middle = (Float80(low) + Float80(low.nextUp)) / 2
      _ = unsafe withVaList([middle]) { unsafe vsnprintf(&digits, 2000, "%.780Le", $0) }
      #else
      _ = unsafe withVaList([low]) { unsafe vsnprintf(&digits, 2000, "%.780e", $0) }
      #endif
      let text = String(
        decoding: digits.prefix { $0 != 0 }.map(UInt8.init(bitPattern:)),
        as: UTF8.self
      )
      let parts = text.split(separator: "e")
      #expect(agrees(text))
      #expect(agrees("\(parts[0])\(String(repeating: "0", count: 30))1e\(parts[1])"))
      #expect(agrees("\(parts[0].dropLast())e\(parts[1])"))
    }
  }

  @Test func randomDoublesReadBackTheSame() {
    var random = SeededBytes(6)
    var wrong = 0
    for _ in 0..<100_000 {
      let value = Double(bitPattern: random.next())
      guard value.isFinite else { continue }
      let got = parse(value.description)
      if got.code != 0 || got.value.bitPattern != value.bitPattern { wrong += 1 }
    }
    #expect(wrong == 0)
  }

  @Test func randomDecimalsAgreeWithStrtod() {
    var random = SeededBytes(7)
    var wrong: [String] = []
    for _ in 0..<100_000 {
      let whole = random.next() >> UInt64(random.below(64))
      let fraction = random.next() >> UInt64(random.below(64))
      let zeros = String(repeating: "0", count: random.below(4) * random.below(9))
      let tail = random.below(2) == 0 ? "" : "e\(random.below(680) - 350)"
      let text = "\(whole).\(zeros)\(fraction)\(tail)"
      if !agrees(text) { wrong.append(text) }
    }
    #expect(wrong.isEmpty)
  }

  @Test func aMegabyteOfDigits() {
    let nines = String(repeating: "9", count: 1_000_000)
    #expect(parse(nines).code == 2)
    #expect(parse("\(nines)e-1000000").value == 1)
    #expect(parse("0.\(String(repeating: "0", count: 1_000_000))1e1000001").value == 1)
  }

  @Test func integers() {
    func parse(_ text: String) -> (Int32, Int64) {
      var value: Int64 = -7
      let bytes = Array(text.utf8)
      return (unsafe dlp_parse_int64(bytes, bytes.count, &value), value)
    }
    for (text, want) in [
      ("0", 0), ("-0", 0), ("+5", 5), ("007", 7), ("9223372036854775807", Int64.max),
      ("-9223372036854775808", Int64.min), ("-00000000000000000000000000012", -12),
    ] as [(String, Int64)] { #expect(parse(text) == (0, want)) }
    for text in ["9223372036854775808", "-9223372036854775809", "99999999999999999999"] {
      #expect(parse(text) == (2, -7))
    }
    for text in ["", "-", "+", "1.0", "1e3", " 1", "1 ", "0x1", "1-"] {
      #expect(parse(text) == (1, -7))
    }
  }
}
