import DLPrepData
import DLPrepPipeline
import Testing

@testable import DLPrepYAML

struct YAMLWritingTests {
  @Test func pipelinesLookAsPeopleWriteThem() throws {
    let text = """
      dlprep: 1
      name: churn
      input:
        null_values: ["", NA, "?"]
        bad_rows: {action: reject, max_fraction: 0.01}
      schema:
        on_fail: warn
        columns:
          id: {type: text, role: id}
          plan: {type: category, check: {in: [free, pro]}}
      split: {key: id, test: 0.2}
      steps:
        - drop_constant
        - outliers: {id: money, columns: spend* | income, action: cap}
        - cast: {to: {price: float}}
      output:
        limits: {columns: 4000}

      """
    var errors: [PrepError] = []
    let node = try #require(
      PipelineFile.read(bytes: Array(text.utf8), name: "p.yaml", errors: &errors))
    #expect(PipelineFile.text(node) == text)
  }

  @Test func longStepsAreBlocks() throws {
    let names = (1...20).map { ConfigNode.text("column_\($0)") }
    let node = ConfigNode.map([
      (
        "steps",
        .list([.map([("impute", .map([("columns", .list(names)), ("value", .text("0"))]))])])
      )
    ])
    let text = PipelineFile.text(node)
    #expect(text.hasPrefix("steps:\n  - impute:\n      columns:\n        - column_1\n"))
    #expect(text.hasSuffix("        - column_20\n      value: 0\n"))
    var errors: [PrepError] = []
    #expect(PipelineFile.read(bytes: Array(text.utf8), name: "p", errors: &errors) == node)
  }

  @Test func whatIsWrittenReadsBackTheSame() throws {
    var maker = TreeMaker()
    for _ in 0..<500 {
      let node = maker.tree(depth: 5)
      let text = PipelineFile.text(node)
      var errors: [PrepError] = []
      let back = PipelineFile.tree(bytes: Array(text.utf8), name: "p", errors: &errors)
      #expect(errors == [], "\(text)")
      #expect((back == node) == true, "\(text)")
    }
  }
}

/// Makes trees out of everything that YAML could take for something else.
private struct TreeMaker {
  var state: UInt64 = 11

  mutating func below(_ limit: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(limit))
  }

  mutating func text() -> String {
    let pieces = [
      "a", "no", "~", "0", ":", " ", "#", "-", "?", "*", "&", "!", "|", ">", "'", "\"", "\\", "\n",
      "\t", "[", "]", "{", "}", ",", "%", "@", "`", "é", "\u{85}", "\u{2028}", "\u{FEFF}",
      "\u{E000}", "\u{7}", "...", "---", "<<", "=", ".", "\r", "🎲",
    ]
    return (0..<below(5)).map { _ in pieces[below(pieces.count)] }.joined()
  }

  mutating func tree(depth: Int) -> ConfigNode {
    switch below(depth > 0 ? 3 : 1) {
    case 1: return .list((0..<below(5)).map { _ in tree(depth: depth - 1) })
    case 2:
      var entries: [(String, ConfigNode)] = []
      for _ in 0..<below(5) {
        let key = text()
        if !entries.contains(where: { $0.0.utf8.elementsEqual(key.utf8) }) {
          entries.append((key, tree(depth: depth - 1)))
        }
      }
      return .map(entries)
    default: return .text(text())
    }
  }
}
