import DLPrep
import Testing

/// What `dlprep check --explain` shows of every lint is true.
struct LintExampleTests {
  @Test(arguments: Lint.all.map(\.name)) func theGoodExampleIsFreeOfIt(_ name: String) throws {
    let lint = try #require(Lint.named(name))
    #expect(try linted(lint.good, named: name) == [])
  }

  @Test(arguments: Lint.all.filter { $0.severity != .refused && !$0.needsData }.map(\.name))
  func theBadExampleHasItInItsPlace(_ name: String) throws {
    let lint = try #require(Lint.named(name))
    let found = try findings(lint.bad).filter { $0.name == name }
    #expect(found.count == 1)
    let place = try #require(found.first?.problem.place)
    #expect(place.file == "p.yaml" && place.line > 1)
    #expect(found.first?.severity == lint.severity)
    #expect(found.first?.problem.hint != nil)
  }

  @Test(arguments: Lint.all.filter { $0.severity != .refused && !$0.needsData }.map(\.name))
  func itCanBeSilencedInTheFile(_ name: String) throws {
    let lint = try #require(Lint.named(name))
    if name == "unused_ignore" { return }
    let silenced = "lints: {ignore: [\(name)]}\n" + lint.bad
    #expect(try linted(silenced, named: name) == [])
    #expect(try linted(silenced, named: "unused_ignore") == [])
  }

  @Test func whatIsRefusedIsAnErrorOfItsName() throws {
    for lint in Lint.all where lint.severity == .refused {
      let errors = #expect(throws: PrepErrors.self) { try pipeline(lint.bad) }
      #expect(errors?.all.map(\.code.name) == [lint.name])
    }
  }

  @Test func namesAreSnakeCaseAndSorted() {
    let names = Lint.all.map(\.name)
    #expect(names == names.sorted() && Set(names).count == names.count)
    #expect(names.joined().utf8.allSatisfy { (97...122).contains($0) || $0 == 95 })
    #expect(Lint.all.allSatisfy { $0.summary.hasSuffix(".") && $0.why.hasSuffix(".") })
  }
}
