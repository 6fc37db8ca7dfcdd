import DLPrepData
import DLPrepPipeline
import Testing

@testable import DLPrepYAML

private func problems(_ yaml: String) -> [String] {
  var errors: [PrepError] = []
  let node = PipelineFile.read(bytes: Array(yaml.utf8), name: "p.yaml", errors: &errors)
  return errors.isEmpty
    ? ["read as \(node.map { "\($0)" } ?? "nothing")"] : errors.map(\.description)
}

private func tree(_ yaml: String) throws -> ConfigNode {
  var errors: [PrepError] = []
  let node = PipelineFile.tree(bytes: Array(yaml.utf8), name: "p.yaml", errors: &errors)
  #expect(errors == [])
  return try #require(node)
}

struct YAMLReadingTests {
  @Test func namesAreLiteralText() throws {
    let node = try tree("a: [no, ?x, 0123, 1_000, 12:30, 2024-01-01, ~, 'yes', \"\"]\n")
    let texts = ["no", "?x", "0123", "1_000", "12:30", "2024-01-01", "~", "yes", ""]
    #expect(node["a"] == .list(texts.map { .text($0) }))
  }

  @Test func placesCountScalarsAndPhysicalLines() throws {
    let node = try tree("é: [ü, x]\r\n\u{2028}b: 1\rlast: &n {k: \"v\"}\n")
    guard case .map(let entries, _) = node, case .list(let items, _)? = node["é"] else {
      Issue.record("no mapping")
      return
    }
    #expect(items[1].place == Place(file: "p.yaml", line: 1, column: 8))
    #expect(entries[1].place == Place(file: "p.yaml", line: 2, column: 1))
    #expect(entries[1].key == "\u{2028}b")
    #expect(entries[2].value.place == Place(file: "p.yaml", line: 3, column: 10))
  }

  @Test func anAliasRepeatsWhatItNames() throws {
    let node = try tree("a: &x [1, 2]\nb: {c: *x}\nd: &x 7\ne: *x\n")
    #expect(node["b"]?["c"] == .list([.text("1"), .text("2")]))
    #expect(node["e"] == .text("7"))
  }

  @Test func signsInsideOfTextAreText() throws {
    let node = try tree("a: spend* | !x & y*\nb: '*x'\nc: \"!y\"\n# *z !w\nd: |\n  *v\n  !u\n")
    #expect(node["a"] == .text("spend* | !x & y*"))
    #expect(node["b"] == .text("*x"))
    #expect(node["c"] == .text("!y"))
    #expect(node["d"] == .text("*v\n!u\n"))
  }

  @Test(arguments: [
    ("", ["p.yaml: yaml: the file is empty"]),
    ("# nothing\n", ["p.yaml: yaml: the file is empty"]),
    (
      "hello\n",
      [
        "p.yaml:1:1: yaml: expected a pipeline as a mapping, found 'hello'; a pipeline file starts with dlprep: 1"
      ]
    ),
    (
      "a: 1\nb: 2\na: 3\nb: 4\nc: {d: 1, 'd': 2}\na: 5\n",
      [
        "p.yaml:3:1: yaml: the key 'a' stands twice in this mapping; the first one is at p.yaml:1:1",
        "p.yaml:4:1: yaml: the key 'b' stands twice in this mapping; the first one is at p.yaml:2:1",
        "p.yaml:5:11: yaml: the key 'd' stands twice in this mapping; the first one is at p.yaml:5:5",
        "p.yaml:6:1: yaml: the key 'a' stands twice in this mapping; the first one is at p.yaml:1:1",
      ]
    ),
    (
      "steps:\n  - impute: {columns: *_id | age}\n",
      [
        "p.yaml:2:23: yaml: there is no anchor '&_id | age'; a selector that starts with * must be quoted; without quotes it is an alias"
      ]
    ),
    (
      "columns: !binary & x\n",
      [
        "p.yaml:1:10: yaml: expected a value without a tag, found '!binary & x'; a selector that starts with ! must be quoted; without quotes tags are not taken"
      ]
    ),
    (
      "columns: &numeric\n",
      [
        "p.yaml:1:10: yaml: expected a value after the anchor '&numeric', found nothing; a selector that starts with & must be quoted; without quotes it marks an anchor"
      ]
    ),
    (
      "columns: & numeric\n",
      [
        "p.yaml:1:11: yaml: expected alphabetic or numeric character, found ' ' while scanning an anchor that starts at 1:10; a selector that starts with & must be quoted; without quotes it marks an anchor"
      ]
    ),
    (
      "a: !!python/object/apply:os.system ['true']\n",
      [
        "p.yaml:1:4: yaml: expected a value without a tag, found '!!python/object/apply:os.system ['true']'; a selector that starts with ! must be quoted; without quotes tags are not taken"
      ]
    ),
    ("a: &a [*a]\n", ["p.yaml:1:8: yaml: '*a' stands inside of what it names"]),
    (
      "a:\n\tb: 1\n", ["p.yaml:2:1: yaml: expected spaces, found a tab; YAML indents with spaces"]
    ),
    (
      "d: &d {w: 1}\ne:\n  <<: *d\n  x: 2\n",
      ["p.yaml:3:3: yaml: merge keys are not taken; write the keys out"]
    ),
    ("a: 1\n---\na: 2\n", ["p.yaml:2:1: yaml: expected one document, found another"]),
    (
      "a: [1, 2\nb: 3\n",
      [
        "p.yaml:2:2: yaml: expected ',' or ']', found ':' while parsing a flow sequence that starts at 1:4"
      ]
    ),
    ("a: x\0y\n", ["p.yaml:1:5: yaml: expected text, found the control character U+0000"]),
    ("? [a]\n: 1\n", ["p.yaml:2:1: yaml: expected the end of the file, found ':'"]),
    (
      "a: b: c\n",
      [
        "p.yaml:1:5: yaml: expected no ': ' here: it makes what stands before it a key; text that holds ': ' must be quoted; keys of a mapping stand below each other"
      ]
    ),
    (
      "a: @b\n",
      [
        "p.yaml:1:4: yaml: expected a value, found '@'; text that starts so must be quoted"
      ]
    ),
    (
      ": 1\n",
      ["p.yaml:1:1: yaml: expected key, found ':'"]
    ),
    (
      "{: 1}\n",
      ["p.yaml:1:2: yaml: expected a value, found ':'; put it in quotes: \":\""]
    ),
    (
      "a: [x, ?]\n",
      ["p.yaml:1:8: yaml: expected a value, found '?'; text that starts so must be quoted"]
    ),
    (
      "%YAML 1.2\n---\na: 1\n",
      ["p.yaml:1:1: yaml: directives are not taken; the file is read as YAML 1.2"]
    ),
    (
      "a: &x 1\nb: &y *x\n",
      ["p.yaml:2:7: yaml: expected a value after the anchor, found the alias '*x'"]
    ),
  ])
  func problemsAreToldInFull(_ yaml: String, _ messages: [String]) {
    #expect(problems(yaml) == messages)
  }

  @Test func badBytesAreFound() {
    var errors: [PrepError] = []
    #expect(PipelineFile.read(bytes: [97, 58, 32, 255, 10], name: "p", errors: &errors) == nil)
    #expect(PipelineFile.read(bytes: [0xFF, 0xFE, 97, 0], name: "p", errors: &errors) == nil)
    #expect(
      errors.map(\.description) == [
        "p:1:4: yaml: expected UTF-8, found a byte that isn't",
        "p:1:1: yaml: expected UTF-8, found UTF-16",
      ])
  }

  @Test func privateUseScalarsStayWhatTheyAre() throws {
    let node = try tree("a: \u{E000}\u{E001} *b\n\u{E002}: \u{E003}!x\na2: \u{E000}\n")
    #expect(node["a"] == .text("\u{E000}\u{E001} *b"))
    #expect(node["\u{E002}"] == .text("\u{E003}!x"))
    let all = String(String.UnicodeScalarView((0xE000...0xF8FF).compactMap(Unicode.Scalar.init)))
    #expect(
      problems("a: \(all)\nb: *x\n") == [
        "p.yaml: yaml: the file holds every scalar of the private use area"
      ])
  }

  @Test func sizeDepthAndNodesAreBounded() {
    func first(_ yaml: String) -> String { problems(yaml).first ?? "" }
    #expect(first("a: " + String(repeating: "x", count: 1 << 20)).hasSuffix("at most 1 MiB"))
    #expect(
      first("a: " + String(repeating: "[", count: 66) + String(repeating: "]", count: 66))
        .hasSuffix("nested deeper than 64 levels"))
    #expect(first("a: " + String(repeating: "[", count: 200_000)).hasPrefix("p.yaml:"))
    #expect(
      first("a:\n" + String(repeating: "- ", count: 200_000)).hasPrefix("p.yaml:"))
    var bomb = "l0: &l0 [x,x,x,x,x,x,x,x,x]\n"
    for level in 1..<12 {
      let items = Array(repeating: "*l\(level - 1)", count: 9).joined(separator: ",")
      bomb += "l\(level): &l\(level) [\(items)]\n"
    }
    #expect(problems(bomb).count == 1)
    #expect(first(bomb).hasSuffix("more than 100000 values behind aliases"))
    // As keys, such lists would have to be compared.
    let keys = bomb + "? *l11\n: 1\n? *l11\n: 2\n? [*l11]\n: 1\n"
    #expect(first(keys).hasPrefix("p.yaml:"))
  }
}
