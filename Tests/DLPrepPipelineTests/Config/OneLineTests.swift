import DLPrepData
import Testing

@testable import DLPrepPipeline

private func map(_ entries: (String, ConfigNode)...) -> ConfigNode { .map(entries) }

private func step(_ name: String, _ entries: (String, ConfigNode)...) -> ConfigNode {
  .map([(name, .map(entries))])
}

struct OneLineTests {
  @Test(
    arguments: [
      ("drop_constant", [.text("drop_constant")]),
      (
        "impute numeric strategy=median | one_hot category",
        [
          step("impute", ("columns", .text("numeric")), ("strategy", .text("median"))),
          step("one_hot", ("columns", .text("category"))),
        ]
      ),
      ("drop \"unit price\"", [step("drop", ("columns", .list([.text("unit price")])))]),
      ("drop \"text\"", [step("drop", ("columns", .list([.text("text")])))]),
      (
        "one_hot \"category & cardinality <= 8\"",
        [step("one_hot", ("columns", .text("category & cardinality <= 8")))]
      ),
      ("one_hot \"a | \\\"b c\\\"\"", [step("one_hot", ("columns", .text("a | \"b c\"")))]),
      ("one_hot cardinality<=8", [step("one_hot", ("columns", .text("cardinality<=8")))]),
      ("impute missing==0", [step("impute", ("columns", .text("missing==0")))]),
      ("impute all&!a max=2", [step("impute", ("columns", .text("all&!a")), ("max", .text("2")))]),
      ("drop /a|b c/", [step("drop", ("columns", .text("/a|b c/")))]),
      (
        "drop [a, \"b c\",d]",
        [step("drop", ("columns", .list([.text("a"), .text("b c"), .text("d")])))]
      ),
      (
        "clean_text city | cast to=[price:float]",
        [
          step("clean_text", ("columns", .text("city"))),
          step("cast", ("to", map(("price", .text("float"))))),
        ]
      ),
      (
        "x m=[\"a b\": [1,2], c:\"\"] e=[] s=\"p|q\" t=12:30",
        [
          step(
            "x",
            ("m", map(("a b", .list([.text("1"), .text("2")])), ("c", .text("")))),
            ("e", .list([])), ("s", .text("p|q")), ("t", .text("12:30"))
          )
        ]
      ),
      ("a|b\n| c", [.text("a"), .text("b"), .text("c")]),
    ] as [(String, [ConfigNode])])
  func anExpressionStandsForAFile(_ text: String, _ steps: [ConfigNode]) throws {
    let node = try OneLine.parsed(text)
    #expect(node == .map([("dlprep", .text("1")), ("steps", .list(steps))]))
  }

  @Test func everyScalarKnowsItsPlace() throws {
    let node = try OneLine.parsed("imputé numeric | b x=[u,\n  v]")
    guard case .list(let steps, _)? = node["steps"], case .list(let items, _)? = steps[1]["b"]?["x"]
    else {
      Issue.record("no steps")
      return
    }
    #expect(steps[0]["imputé"]?["columns"]?.place == Place(file: "-e", line: 1, column: 8))
    #expect(steps[1].place == Place(file: "-e", line: 1, column: 18))
    #expect(
      items.map(\.place) == [
        Place(file: "-e", line: 1, column: 23), Place(file: "-e", line: 2, column: 3),
      ])
  }

  @Test(arguments: [
    ("", "-e:1:1: value: expected a stage, found the end"),
    ("a |", "-e:1:4: value: expected a stage, found the end"),
    ("a || b", "-e:1:4: value: expected a stage, found '|'"),
    (
      "impute numeric & !binary",
      "-e:1:16: value: expected key=value or |, found another selector; a selector that holds spaces is written in double quotes: \"numeric & !binary\""
    ),
    ("a x= y=2", "-e:1:5: value: expected a value, found ' '; empty text is written \"\""),
    ("a \"b", "-e:1:3: value: expected a closing quote, found the end"),
    ("a x=\"b\"c", "-e:1:8: value: expected a space after the closing quote, found 'c'"),
    ("a x=[b", "-e:1:7: value: expected , or ], found the end; the [ is at -e:1:5"),
    (
      "a x=[b c]",
      "-e:1:8: value: expected , or ], found 'c'; text that holds spaces is written in double quotes"
    ),
    ("a x=[b:c,d]", "-e:1:11: value: expected : and a value, found ']'"),
    ("a x=[,]", "-e:1:6: value: expected a value, found ','; empty text is written \"\""),
    (
      "a /b", "-e:1:3: value: expected a closing / after the regular expression, found the end"
    ),
  ])
  func problemsAreTold(_ text: String, _ message: String) {
    do {
      let node = try OneLine.parsed(text)
      Issue.record("read as \(node)")
    } catch {
      #expect(error.description == message)
    }
  }

  @Test func nestingIsBounded() {
    #expect(throws: PrepError.self) {
      try OneLine.parsed("a x=" + String(repeating: "[", count: 100_000))
    }
  }
}
