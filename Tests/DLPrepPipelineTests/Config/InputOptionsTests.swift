import DLPrepData
import Testing

@testable import DLPrepPipeline

struct InputOptionsTests {
  @Test func optionsAreSetAsOnACommandLine() throws {
    var options = InputOptions()
    try options.set("delimiter", to: .text("\\t"))
    #expect(options.delimiter == 9)
    try options.set("delimiter", to: .text("tab"))
    #expect(options.delimiter == 9)
    try options.set("null_values", to: .list([.text(""), .text("-")]))
    #expect(options.nullValues == [[], [45]])
    try options.set("comment", to: .text("#"))
    try options.set("comment", to: .text("none"))
    #expect(options.comment == nil)
    try options.validate()
    #expect(InputOptions.keys.map(\.key).contains("bad_rows"))
  }

  @Test(arguments: [
    (
      "delimiter", "\"",
      "value: 'delimiter': expected one ASCII character other than a quote, a letter or a digit, found '\"'"
    ),
    (
      "delimiter", "é",
      "value: 'delimiter': expected one ASCII character other than a quote, a letter or a digit, found 'é'"
    ),
    (
      "encoding", "utf8",
      "value: 'encoding': expected one of utf-8, utf-16le, utf-16be, latin1, cp1252, found 'utf8'; did you mean 'utf-8'?"
    ),
    ("decimal", "x", "value: 'decimal': expected a point or a comma, found 'x'"),
    ("delimter", ";", "unknown: 'input' has no key 'delimter'; did you mean 'delimiter'?"),
  ])
  func aWrongOptionIsToldWithoutAPlace(_ key: String, _ value: String, _ message: String) {
    var options = InputOptions()
    do {
      try options.set(key, to: .text(value))
      Issue.record("taken")
    } catch {
      #expect(error.description == message)
    }
  }

  @Test func signsMustDiffer() {
    var options = InputOptions()
    options.thousands = options.decimal
    #expect(throws: PrepError.self) { try options.validate() }
    options = InputOptions()
    options.columns = ["a"]
    #expect(throws: PrepError.self) { try options.validate() }
    options.header = false
    #expect(throws: Never.self) { try options.validate() }
  }
}
