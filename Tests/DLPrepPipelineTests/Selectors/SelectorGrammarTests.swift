import DLPrepData
import Testing

@testable import DLPrepPipeline

private func parsed(_ text: String) throws -> Selector {
  try Selector(.scalar(text, quoted: false, Place(file: "p.yaml", line: 3, column: 10)))
}

private func problem(_ text: String, quoted: Bool = false) -> String {
  do {
    let selector = try Selector(
      .scalar(text, quoted: quoted, Place(file: "p.yaml", line: 3, column: 10)))
    return "read as \(selector)"
  } catch {
    return error.description
  }
}

struct SelectorGrammarTests {
  @Test(
    arguments: [
      ("age", .names(["age"])),
      ("\"total price\"", .names(["total price"])),
      (#""say \"hi\" \\ ""#, .names([#"say "hi" \ "#])),
      ("2nd-class.fare", .names(["2nd-class.fare"])),
      ("größe", .names(["größe"])),
      ("\"text\"", .names(["text"])),
      ("missing", .names(["missing"])),
      ("role", .names(["role"])),
      ("spend*", .glob("spend*")),
      ("q?_total", .glob("q?_total")),
      ("/^spend_(web|store)$/", .regex("^spend_(web|store)$")),
      (#"/a\/b\d/"#, .regex(#"a/b\d"#)),
      ("numeric", .type(.numeric)),
      ("timestamp", .type(.timestamp)),
      ("binary", .binary),
      ("role(target)", .role(.target)),
      ("any_role", .anyRole),
      ("has_missing", .hasMissing),
      ("missing > 0.1", .missing(.greater, 0.1)),
      ("missing==0", .missing(.equal, 0)),
      ("cardinality <= 20", .cardinality(.atMost, 20)),
      ("cardinality!=3", .cardinality(.notEqual, 3)),
      ("of(money)", .of("money")),
      ("from( money )", .from("money")),
      ("all", .all),
      ("a | b | c", .names(["a", "b", "c"])),
      ("numeric & !binary", .and(.type(.numeric), .not(.binary))),
      ("spend* | income", .or(.glob("spend*"), .names(["income"]))),
      (
        "a & b | c & d", .or(.and(.names(["a"]), .names(["b"])), .and(.names(["c"]), .names(["d"])))
      ),
      ("!a & b", .and(.not(.names(["a"])), .names(["b"]))),
      ("!(a & b)", .not(.and(.names(["a"]), .names(["b"])))),
      ("numeric & (a | text)", .and(.type(.numeric), .or(.names(["a"]), .type(.text)))),
      ("all&!x", .and(.all, .not(.names(["x"])))),
    ] as [(String, Selector)])
  func expressionsMeanWhatThePageSays(_ text: String, _ expected: Selector) throws {
    #expect(try parsed(text) == expected)
  }

  @Test func aListHoldsExactNames() throws {
    let list = ConfigNode.list([.text("text"), .text("spend*"), .text("total price")])
    #expect(try Selector(list) == .names(["text", "spend*", "total price"]))
    #expect(try Selector(.list([])) == .names([]))
  }

  @Test(arguments: [
    (
      "",
      "p.yaml:3:10: value: expected column names or one expression, found nothing; every feature is written all, no column at all []"
    ),
    (
      "total price",
      "p.yaml:3:16: value: selector: expected & or |, found 'price'; a name that holds spaces is written in double quotes inside the selector"
    ),
    (
      "a, b",
      "p.yaml:3:11: value: selector: expected & or |, found ','; a list of names is written [a, b]"
    ),
    ("a and b", "p.yaml:3:12: value: selector: expected & or |, found 'and'; write &"),
    ("a || b", "p.yaml:3:12: value: selector: expected a single |, found '||'; write |"),
    ("(a | b", "p.yaml:3:10: value: selector: expected ) for the ( at this place, found the end"),
    ("a & ", "p.yaml:3:14: value: selector: expected a column, a type or (, found the end"),
    ("a )", "p.yaml:3:12: value: selector: expected & or |, found ')'"),
    ("()", "p.yaml:3:11: value: selector: expected a column, a type or (, found ')'"),
    (
      "rol(target)",
      "p.yaml:3:10: value: selector: there is no 'rol(...)' in selectors; did you mean 'role'?"
    ),
    (
      "role(targt)",
      "p.yaml:3:15: value: selector: expected one of feature, target, id, weight, group, time, found 'targt'; did you mean 'target'?"
    ),
    (
      "role(ignore)",
      "p.yaml:3:15: value: selector: columns with role ignore are not read, so no step can act on them"
    ),
    (
      "cardinalty <= 20",
      "p.yaml:3:10: value: selector: expected missing or cardinality before '<=', found 'cardinalty'; did you mean 'cardinality'?"
    ),
    (
      "age > 20",
      "p.yaml:3:10: value: selector: expected missing or cardinality before '>', found 'age'; selectors compare facts of columns, never their values"
    ),
    (
      "missing > 10%",
      "p.yaml:3:20: value: selector: expected a share from 0 to 1, found '10%'; 10% is written 0.1"
    ),
    (
      "cardinality < -1", "p.yaml:3:24: value: selector: expected a whole number from 0, found '-1'"
    ),
    (
      "missing = 0",
      "p.yaml:3:18: value: selector: expected a comparison, found '='; equality is written =="
    ),
    (
      "\"open",
      "p.yaml:3:10: value: selector: expected a closing quote, found '\"open'; a quoted name is written \"total price\""
    ),
    (
      "/open",
      "p.yaml:3:10: value: selector: expected a closing / after the regular expression, found '/open'; a name that starts with / is written in double quotes"
    ),
    ("numeric & \"\"", "p.yaml:3:20: value: selector: expected a column's name, found \"\""),
  ])
  func problemsAreNamedWithTheirColumn(_ text: String, _ message: String) {
    #expect(problem(text) == message)
  }

  @Test func aQuotedScalarStartsOneColumnLater() {
    #expect(problem("*_id &", quoted: true).hasPrefix("p.yaml:3:17: "))
  }

  @Test func aBrokenRegularExpressionSaysWhatIsWrong() {
    let message = problem("all & /a(b/")
    #expect(message.hasPrefix("p.yaml:3:16: value: selector: expected a regular expression"))
  }

  @Test func depthAndLengthAreBounded() {
    #expect(problem(String(repeating: "!", count: 100_000) + "a").contains("nested deeper than 64"))
    #expect(problem(String(repeating: "(", count: 100_000)).contains("nested deeper than 64"))
    let long = Array(repeating: "a*", count: 5000).joined(separator: "|")
    #expect(problem(long).contains("more than 1000 operators"))
  }

  @Test func whatIsWrittenReadsBackTheSame() throws {
    var random = SelectorMaker(seed: 7)
    for _ in 0..<2000 {
      let selector = random.selector(depth: 4)
      let node = try #require(selector.node)
      let back = try Selector(node)
      let twice = try Selector(try #require(back.node))
      #expect(back == twice, "\(selector.text)")
      // What a reader makes is written so that it reads back the same.
      let expression = try parsed(selector.text)
      #expect(try parsed(expression.text) == expression, "\(selector.text)")
      if back == selector { random.same += 1 }
    }
    #expect(random.same > 1500)
  }

  @Test func anyTextIsReadOrRefused() {
    var random = SelectorMaker(seed: 3)
    let pieces = [
      "a", "!", "&", "|", "(", ")", "\"", "/", "<=", "=", " ", "missing", "role", "*", "\\", "é",
      ",", "0.5",
    ]
    for _ in 0..<3000 {
      let text = (0..<random.below(9)).map { _ in pieces[random.below(pieces.count)] }.joined()
      if let selector = try? parsed(text) {
        #expect((try? parsed(selector.text)) == selector, "\(text)")
      }
    }
  }
}

/// Makes selectors of every kind.
struct SelectorMaker {
  var state: UInt64
  var same = 0

  init(seed: UInt64) { state = seed }

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }

  mutating func name() -> String {
    let names = ["age", "total price", "text", "a&b", "x*", "\"q\"", "/s", "é", "0", "role", "b\\"]
    return names[below(names.count)]
  }

  mutating func selector(depth: Int) -> Selector {
    switch below(depth > 0 ? 16 : 12) {
    case 0: .names([name()])
    case 1: .type(Selector.TypeWord.allCases[below(Selector.TypeWord.allCases.count)])
    case 2: .glob("sp?nd*")
    case 3: .regex(["^a", "a/b", #"\d+ | x"#][below(3)])
    case 4: .binary
    case 5: .role([Role.target, .id][below(2)])
    case 6: .anyRole
    case 7: .hasMissing
    case 8: .missing(Selector.Comparison.allCases[below(6)], Double(below(11)) / 10)
    case 9: .cardinality(Selector.Comparison.allCases[below(6)], below(50))
    case 10: .of("money")
    case 11: .from("money_2")
    case 12: .and(selector(depth: depth - 1), selector(depth: depth - 1))
    case 13: .or(selector(depth: depth - 1), selector(depth: depth - 1))
    case 14: .not(selector(depth: depth - 1))
    default: .all
    }
  }
}
