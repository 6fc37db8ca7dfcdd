import DLPrepBytes
import DLPrepData
import DLPrepPipeline
import Testing

@Test(arguments: ExpressionFunction.all.map(\.name))
func everyFunctionDoesWhatItsExampleSays(name: String) throws {
  let function = try #require(ExpressionFunction.all.first { $0.name == name })
  #expect(try value(function.example.expression) == function.example.result)
  #expect(function.summary.hasSuffix("."))
}

@Test func functionsAreNamedOnce() {
  let names = ExpressionFunction.all.map(\.name)
  #expect(Set(names).count == names.count)
}

/// Values that Python 3.12 gives for the same.
@Test(arguments: [
  ("7 % 3", "1"), ("-7 % 3", "2"), ("7 % -3", "-2"), ("-7 % -3", "-1"), ("-7.5 % 2", "0.5"),
  ("7.5 % -2", "-0.5"), ("7 / 2", "3.5"), ("6 / 3", "2.0"), ("2 + 3 * 4", "14"),
  ("(2 + 3) * 4", "20"), ("2 - 3 - 4", "-5"), ("24 / 4 / 2", "3.0"), ("-2 * -3", "6"),
  ("1 - -1", "2"), ("1e3 + 1", "1001.0"), ("0.1 + 0.2", "0.30000000000000004"), (".5 + 5.", "5.5"),
  ("9223372036854775807", "9223372036854775807"), ("round(0.5)", "0.0"), ("round(1.5)", "2.0"),
  ("round(2.5)", "2.0"), ("round(-2.5)", "-2.0"), ("round(7)", "7"), ("round(1e300)", "1e+300"),
  ("floor(-0.5)", "-1.0"), ("ceil(-0.5)", "-0.0"), ("log(2)", "0.6931471805599453"),
  ("log1p(1e-5)", "9.999950000333332e-06"), ("exp(1)", "2.718281828459045"),
  ("pow(2, 0.5)", "1.4142135623730951"), ("abs(-2.5)", "2.5"), ("min(3, 1.5, 2)", "1.5"),
  ("clip(-3.5, 0, 1)", "0.0"),
  ("integer(2.5)", "null"), ("integer(not false)", "1"),
])
func numbers(_ text: String, _ expected: String) throws {
  #expect(try value(text) == expected, "\(text)")
}

@Test(arguments: [
  ("1 < 2", "true"), ("2 < 1.5", "false"), ("'b' > 'a'", "true"), ("'B' < 'a'", "true"),
  ("'é' == 'e\u{301}'", "false"), ("not 1 == 2", "true"), ("1 == 1.0", "true"),
  ("true == false", "false"), ("1 < 2 and 2 < 3 or false", "true"),
  ("true or false and false", "true"), ("not true or true", "true"), ("2 in (1, 2)", "true"),
  ("2 not in (1, 2)", "false"), ("2.5 in (1, 2.5)", "true"), ("'a' in ('b')", "false"),
  ("10 in (1, 2, 3, 4, 5, 6, 7, 8, 9, 10)", "true"), ("true in (false)", "false"),
])
func conditions(_ text: String, _ expected: String) throws {
  #expect(try value(text) == expected, "\(text)")
}

@Test(arguments: [
  ("lower('ÀB')", "àb"), ("upper('straße')", "STRASSE"), ("trim('\u{A0} a\u{3000}')", "a"),
  ("length('')", "0"), ("length('a👍b')", "3"), ("slice('naïve', 2)", "ïve"),
  ("slice('naïve', -3, 2)", "ïv"), ("slice('abc', 5)", ""), ("slice('abc', -9, 7)", "a"),
  ("slice('abc', 0, 0)", ""), ("slice('abc', 1, 99)", "bc"), ("replace('aaa', 'aa', 'b')", "ba"),
  ("replace('abc', 'x', 'y')", "abc"), ("concat('a', '', 'b')", "ab"), (#"'it\'s'"#, "it's"),
  (#"'a\d\\'"#, #"a\d\"#), (#""it's""#, "it's"), ("starts_with('ab', 'abc')", "false"),
  ("contains('abc', '')", "true"), ("ends_with('abc', 'c')", "true"),
])
func texts(_ text: String, _ expected: String) throws {
  #expect(try value(text) == expected, "\(text)")
}

@Test(arguments: [
  ("year('1969-12-31')", "1969"), ("weekday('1970-01-01')", "4"), ("weekday('1969-12-28')", "7"),
  ("day('2000-02-29')", "29"), ("hour('1969-12-31T23:59:59Z')", "23"),
  ("days('2000-03-01' - '2000-02-28')", "2"),
  ("trunc('2024-08-15', 'quarter') == '2024-07-01'", "true"),
  ("trunc('2024-08-15', 'week') == '2024-08-12'", "true"),
  ("trunc('1969-12-31T23:59:59Z', 'hour') == '1969-12-31T23:00:00Z'", "true"),
  ("trunc('2024-08-15T10:20:30.5Z', 'second') == '2024-08-15T10:20:30Z'", "true"),
])
func dates(_ text: String, _ expected: String) throws {
  #expect(try value(text) == expected, "\(text)")
}

@Test func spansAreMeasured() throws {
  let signedUp = Given.dates("signed_up", [0, 10, nil])
  let seen = Given.dates("seen", [31, 5, 7])
  #expect(
    try evaluated("days(seen - signed_up)", [signedUp, seen]).values == ["31", "-5", "null"])
  let day = Int64(86_400_000_000)
  let early = Given.timestamps("early", [0, day])
  let late = Given.timestamps("late", [day * 3 / 2, day])
  #expect(try evaluated("days(late - early)", [early, late]).values == ["1.5", "0.0"])
  #expect(try evaluated("seconds(late - early)", [early, late]).values == ["129600.0", "0.0"])
  #expect(try evaluated("early + days(2) == late", [early, late]).values == ["false", "false"])
  #expect(try evaluated("late - early >= days(1)", [early, late]).values == ["true", "false"])
  #expect(
    try evaluated("signed_up + days(31) == seen", [signedUp, seen]).values == [
      "true", "false", "null",
    ])
  // A date beside an instant is its midnight in UTC.
  #expect(try evaluated("late > '1970-01-02'", [late]).values == ["true", "false"])
}

@Test func instantsAreTakenApartByTheClocksOfTheirZone() throws {
  var zones = ExpressionZones()
  zones["Asia/Tokyo"] = try TimeZoneRules(named: "Asia/Tokyo")
  // 1970-01-01T00:00Z is nine o'clock in Tokyo; 15:00Z is midnight there.
  let hours = Int64(3_600_000_000)
  let given = Given.timestamps("t", [0, 15 * hours, -10 * hours], zone: "Asia/Tokyo")
  #expect(try evaluated("hour(t)", [given], zones: zones).values == ["9", "0", "23"])
  #expect(try evaluated("day(t)", [given], zones: zones).values == ["1", "2", "31"])
  let starts = try evaluated("trunc(t, 'day')", [given], zones: zones).values
  #expect(starts == ["\(-9 * hours)", "\(15 * hours)", "\(-33 * hours)"])
}

@Test func hashesAreXXH64AndNeverNegative() throws {
  let text = XXH64.hash("abc", seed: 7) >> 1
  #expect(try value("hash('abc', 7)") == "\(text)")
  #expect(try value("hash(3) == hash(3.0)") == "true")
  #expect(try value("hash(-1) >= 0") == "true")
}
