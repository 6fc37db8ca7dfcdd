import DLPrepData
import DLPrepPipeline
import Testing

private let fields = [
  Field("fare", .float), Field("age", .integer), Field("sex", .category), Field("note", .text),
  Field("day", .date), Field("seen", .timestamp), Field("alive", .bool),
  Field("unit price", .float), Field("petal.width", .float), Field("and", .integer),
  Field("vec", .vector(width: 3)),
]

/// The column of the offending token, counted from 1, part of the message, and of the hint.
@Test(arguments: [
  ("", 1, "expected an expression, found nothing", nil),
  ("fare +", 7, "expected a value, found the end", nil),
  ("fare fare", 6, "expected an operator or the end, found 'fare'", nil),
  ("fare + * 2", 8, "expected a value, found '*'", nil),
  ("(fare", 6, "expected , or ), found the end", nil),
  ("fare)", 5, "expected an operator or the end, found ')'", nil),
  ("fare = 2", 6, "found '='", "equality is written =="),
  ("fare > 1 && age > 2", 10, "found '&&'", "write and"),
  ("!alive", 1, "found '!'", "write not"),
  ("fare <> 1", 6, "found '<>'", "write !="),
  ("fare ^ 2", 6, "found '^'", "write pow(a, b)"),
  ("1 < age < 3", 9, "between two comparisons", "write a < b and b < c"),
  ("'open", 1, "expected a closing quote", nil),
  ("`open", 1, "expected a closing backtick", nil),
  ("2x", 1, "expected a number, found '2x'", nil),
  ("99999999999999999999", 1, "64 bits", "with a decimal point"),
  ("fare AND alive", 6, "found 'AND'", "write and"),
  ("fare is null", 6, "found 'is'", "write is_null(x)"),
  ("age + frae", 7, "there is no column 'frae'", "did you mean 'fare'?"),
  ("coalese(age, 1)", 1, "there is no function 'coalese'", "did you mean 'coalesce'?"),
  ("log", 1, "there is no column 'log'", "write log(...)"),
  ("1 + log(age, 2)", 5, "expected 1 arguments, found 2", "log(x)"),
  ("age + sex", 7, "found category", nil),
  ("sex + note", 1, "found category", "concat(a, b)"),
  ("age + alive", 7, "expected a number", "integer(x)"),
  ("sex == 3", 8, "expected category, as before it, found integer", "text stands in quotes"),
  ("age == '3'", 8, "expected integer", "without quotes"),
  ("age == null", 8, "found null", "is_null(x)"),
  ("alive < true", 1, "found bool", nil),
  ("if(age, 1, 2)", 4, "expected a condition, found integer", "compare it"),
  ("if(alive, 1, 'a')", 14, "expected integer", nil),
  ("case(age, 1)", 6, "expected a condition", nil),
  ("day > 'tomorrow'", 7, "expected a date, found 'tomorrow'", "2024-12-31"),
  ("day + 1", 7, "expected a span beside a date", "days(n)"),
  ("day - day", 1, "expected a value that a column can hold", "days(x)"),
  ("trunc(day, 'hour')", 12, "a date has no hour", nil),
  ("trunc(seen, 'mont')", 13, "expected one of year", "did you mean 'month'?"),
  ("matches(sex, '(')", 14, "expected a closing )", nil),
  ("matches(sex, note)", 14, "expected a literal", nil),
  ("age in (1, fare)", 12, "expected a literal", nil),
  ("vec + 1", 1, "found the vector 'vec'", nil),
  ("null", 1, "found null", nil),
  ("slice(sex, 1.5)", 12, "expected a whole number", nil),
  ("round(fare, 16)", 13, "0 to 15", nil),
])
func errorsStandWhereTheyAre(
  _ text: String, _ column: Int, _ message: String, _ hint: String?
) throws {
  let found = try #require(expressionProblem(text, fields), "\(text)")
  #expect(found.column == column, "\(text): \(found.error)")
  #expect(found.error.message.contains(message), "\(text): \(found.error)")
  if let hint { #expect(found.error.hint?.contains(hint) == true, "\(text): \(found.error)") }
}

@Test func namesAreWordsOrStandInBackticks() throws {
  #expect(expressionProblem("`unit price` * petal.width + `and`", fields) == nil)
  let expression = RowExpression("`a``b` + naïve + x_1 + a.b + `naïve`")
  #expect(expression.columns == ["a`b", "naïve", "x_1", "a.b"])
}

@Test func anErrorInSwiftCodeTellsItsCharacter() {
  #expect {
    try RowExpression("1 +").validate()
  } throws: { error in
    "\(error)" == "value: expected a value, found the end, at character 4 of '1 +'"
  }
}

@Test func nestingAndSizeAreLimited() {
  let deep = String(repeating: "(", count: 200) + "1" + String(repeating: ")", count: 200)
  #expect(expressionProblem(deep)?.error.code == .limit)
  #expect(expressionProblem(String(repeating: "not ", count: 5000) + "true")?.error.code == .limit)
  #expect(expressionProblem(String(repeating: "-", count: 50_000) + "1")?.error.code == .limit)
  let chain = Array(repeating: "1", count: 2000).joined(separator: " + ")
  #expect(expressionProblem(chain)?.error.code == .limit)
  let long = "1 in (" + Array(repeating: "1", count: 20_000).joined(separator: ", ") + ")"
  #expect(expressionProblem(long)?.error.code == .limit)
  let short = Array(repeating: "1", count: 400).joined(separator: " + ")
  #expect(expressionProblem(short) == nil)
}

@Test func anythingIsParsedOrRefused() {
  var random = SplitMix(seed: 7)
  let words = [
    "a", "`b c`", "1", "2.5", "'t'", "(", ")", ",", "+", "-", "*", "/", "%", "==", "<", "and", "or",
    "not", "in", "if", "case(", "coalesce(", "matches(", "null", "true", "=", "`", "'", "\u{0}",
    "é",
    " ", "days(", ".", "e9", "slice(", "\"",
  ]
  for _ in 0..<4000 {
    let count = Int(random.next() % 12)
    let text = (0..<count).map { _ in words[Int(random.next() % UInt64(words.count))] }
      .joined(separator: random.next() % 2 == 0 ? " " : "")
    _ = expressionProblem(text, fields)
    let bytes = (0..<count * 3).map { _ in UInt8(truncatingIfNeeded: random.next()) }
    _ = expressionProblem(String(decoding: bytes, as: UTF8.self), fields)
  }
}

/// Random numbers that are the same in every run.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64
  init(seed: UInt64) { state = seed }
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}
