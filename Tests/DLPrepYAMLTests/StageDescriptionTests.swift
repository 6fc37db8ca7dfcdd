import Testing

@testable import DLPrepPipeline
@testable import DLPrepYAML

struct StageDescriptionTests {
  @Test func aStageIsDescribedByItsDeclaration() throws {
    let outliers = try #require(configCatalog.description(of: "outliers"))
    #expect(
      outliers.parameters.map(\.key) == [
        "factor", "action", "quantiles", "columns", "id", "when", "missing", "lints",
      ])
    #expect(outliers.parameters[0].expected == "a number from 0 to 100")
    #expect(outliers.parameters[0].defaultValue == .text("1.5"))
    #expect(outliers.parameters[2].defaultValue == .list([.text("0.25"), .text("0.75")]))
    #expect(outliers.parameters[3].defaultValue == nil)
    #expect(
      outliers.parameters[3...].map(\.otherwise) == [
        "required", "outliers", "always", "keep", "none",
      ])
    #expect(outliers.examples == [.text("outliers")])
    #expect(configCatalog.description(of: "impute")?.defaultColumns == .numeric)
    #expect(configCatalog.descriptions.map(\.name) == configCatalog.names)
    #expect(configCatalog.description(of: "nothing")?.name == nil)
  }
}
