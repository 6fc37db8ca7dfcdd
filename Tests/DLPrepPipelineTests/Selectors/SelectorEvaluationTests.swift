import DLPrepData
import Testing

@testable import DLPrepPipeline

private func facts(
  _ name: String, _ type: DataType, _ role: Role = .feature, rows: Int? = nil, missing: Int? = nil,
  distinct: Int? = nil
) -> ColumnFacts {
  var facts = ColumnFacts(field: Field(name, type, role: role))
  facts.rows = { rows }
  facts.missing = { missing }
  facts.distinct = { limit in distinct.map { min($0, limit) } }
  return facts
}

private var table: [ColumnFacts] {
  [
    facts("key", .text, .id, rows: 10, missing: 0, distinct: 10),
    facts("age", .integer, rows: 10, missing: 1, distinct: 9),
    facts("fare", .float, rows: 10, missing: 0, distinct: 8),
    facts("alive", .integer, .target, rows: 10, missing: 0, distinct: 2),
    facts("sex", .category, rows: 10, missing: 0, distinct: 2),
    facts("port", .category, rows: 10, missing: 5, distinct: 3),
    facts("weight", .float, .weight, rows: 10, missing: 0, distinct: 5),
    facts("note", .text, .ignore, rows: 10, missing: 0, distinct: 5),
  ]
}

private func chosen(_ text: String) throws -> [String] {
  let selector = try Selector(.text(text))
  return table.filter { selector.admits($0) == true }.map(\.field.name)
}

struct SelectorEvaluationTests {
  @Test(arguments: [
    ("all", ["age", "fare", "sex", "port"]),
    ("numeric", ["age", "fare"]),
    ("integer", ["age"]),
    ("a*", ["age"]),
    ("/e$/", ["age", "fare"]),
    ("binary", ["sex"]),
    ("has_missing", ["age", "port"]),
    ("missing > 0.1", ["port"]),
    ("missing >= 0.1", ["age", "port"]),
    ("cardinality <= 8", ["fare", "sex", "port"]),
    ("cardinality > 8", ["age"]),
    ("cardinality == 3", ["port"]),
    ("alive", ["alive"]),
    ("note", []),
    ("role(target)", ["alive"]),
    ("any_role", ["key", "age", "fare", "alive", "sex", "port", "weight"]),
    ("any_role & text", ["key"]),
    ("text & any_role", ["key"]),
    ("any_role & !role(id)", ["age", "fare", "alive", "sex", "port", "weight"]),
    ("!numeric", ["sex", "port"]),
    ("!role(id)", ["age", "fare", "sex", "port"]),
    ("!age", ["fare", "sex", "port"]),
    ("numeric | role(target)", ["age", "fare", "alive"]),
    ("numeric & (role(target) | role(weight))", ["alive", "weight"]),
    ("(role(target) | role(weight)) & binary", ["alive"]),
    ("all & !(a* | sex)", ["fare", "port"]),
    ("category & cardinality <= 2 | fare", ["fare", "sex"]),
  ])
  func columnsAreChosenByRoleTypeNameAndFact(_ text: String, _ names: [String]) throws {
    #expect(try chosen(text) == names)
  }

  @Test func whatOnlyDataCanTellIsOpen() throws {
    func answer(_ text: String, isTypeKnown: Bool = true) throws -> Bool? {
      var column = facts("age", .float)
      column.isTypeKnown = isTypeKnown
      return try Selector(.text(text)).admits(column)
    }
    #expect(try answer("has_missing") == nil)
    #expect(try answer("cardinality < 3") == nil)
    #expect(try answer("numeric & binary") == nil)
    #expect(try answer("text & binary") == false)
    #expect(try answer("numeric | binary") == true)
    #expect(try answer("!binary") == nil)
    #expect(try answer("text", isTypeKnown: false) == nil)
    #expect(try answer("age | text", isTypeKnown: false) == true)
    #expect(try answer("a*", isTypeKnown: false) == true)
  }

  @Test func anEmptyColumnMissesNothing() throws {
    let empty = facts("x", .float, rows: 0, missing: 0, distinct: 0)
    #expect(try Selector(.text("missing > 0")).admits(empty) == false)
    #expect(try Selector(.text("missing == 0")).admits(empty) == true)
  }

  @Test func stepsAreFollowed() throws {
    let made = ColumnFacts(
      field: Field("pc1", .vector(width: 3)), actedOn: ["scale"], madeBy: ["pca"])
    #expect(try Selector(.text("from(pca)")).admits(made) == true)
    #expect(try Selector(.text("of(pca)")).admits(made) == false)
    #expect(try Selector(.text("of(scale) & vector")).admits(made) == true)
  }

  @Test func namesAreComparedByTheirBytes() throws {
    let composed = facts("caf\u{E9}", .text)
    #expect(try Selector(.list([.text("cafe\u{301}")])).admits(composed) == false)
    #expect(try Selector(.text("caf?")).admits(composed) == true)
    #expect(try Selector(.text("/^caf.$/")).admits(facts("cafe\u{301}", .text)) == false)
  }

  @Test func selectorsTellWhatTheyNeed() throws {
    func needs(_ text: String) throws -> [Bool] {
      let selector = try Selector(.text(text))
      return [selector.needsTypes, selector.needsData]
    }
    #expect(try needs("age | a* | role(id) | of(x) | all") == [false, false])
    #expect(try needs("all & !numeric") == [true, false])
    #expect(try needs("missing > 0.5") == [false, true])
    #expect(try needs("all & (a | binary)") == [true, true])
    #expect(try Selector(.text("a & !(b | a) | \"c d\"")).exactNames == ["a", "b", "c d"])
    #expect(try Selector(.text("of(x) & !from(y)")).mentionedSteps == ["x", "y"])
  }

  @Test(arguments: [
    ("**", "", true), ("a*b*c", "aXXbYYc", true), ("a*b*c", "aXXbYY", false), ("?", "é", true),
    ("?", "", false), ("*a", "ba", true), ("*ab", "aab", true), ("a?", "a", false),
  ])
  func globsMatchWholeNames(_ pattern: String, _ name: String, _ matches: Bool) {
    #expect(NamePattern.glob(pattern, matches: name) == matches)
  }
}
