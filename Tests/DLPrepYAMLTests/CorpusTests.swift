import DLPrepData
import DLPrepPipeline
import Foundation
import Testing

@testable import DLPrepYAML

/// The odd inputs beside the package: the project's own, and the YAML test suite.
struct CorpusTests {
  @Test func ownCasesGiveTheirTreeOrTheirError() throws {
    guard let list = SharedFolder.path("corpora/own/cases.jsonl") else { return }
    var ok = 0
    var refused = 0
    for line in try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n") {
      let json = try JSONSerialization.jsonObject(with: Data(line.utf8))
      let item = try #require(json as? [String: Any])
      guard item["format"] as? String == "yaml" else { continue }
      let file = try #require(item["file"] as? String)
      let folder = String(list.dropLast("cases.jsonl".count))
      let bytes = [UInt8](try Data(contentsOf: URL(fileURLWithPath: folder + file)))
      var errors: [PrepError] = []
      let node = PipelineFile.read(bytes: bytes, name: file, errors: &errors)
      if item["expect"] as? String == "ok" {
        ok += 1
        #expect(errors.isEmpty, "\(errors)")
        #expect(node.map { says($0, item["json"] as Any) } == true, "\(file)")
      } else {
        refused += 1
        #expect(node == nil, "\(file)")
        let error = try #require(errors.first)
        #expect(error.code == .yaml)
        if let line = item["line"] as? Int { #expect(error.place?.line == line, "\(error)") }
        if let column = item["column"] as? Int {
          #expect(error.place?.column == column, "\(error)")
        }
      }
    }
    #expect(ok == 5)
    #expect(refused == 15)
  }

  @Test func theYAMLTestSuiteGivesTheRightValueOrAClearError() throws {
    guard let list = SharedFolder.path("corpora/fetched/yaml-test-suite.jsonl") else { return }
    var right = 0
    var refused = 0
    var wrong: [String] = []
    for line in try String(contentsOfFile: list, encoding: .utf8).split(separator: "\n") {
      let json = try JSONSerialization.jsonObject(with: Data(line.utf8))
      let item = try #require(json as? [String: Any])
      let id = "\(try #require(item["id"])) \(item["name"] ?? "")"
      let yaml = try #require(item["yaml"] as? String)
      var errors: [PrepError] = []
      let node = PipelineFile.tree(bytes: Array(yaml.utf8), name: "t.yaml", errors: &errors)
      #expect((node == nil) == !errors.isEmpty)
      #expect(errors.allSatisfy { $0.code == .yaml && $0.place != nil })
      guard let node else {
        refused += 1
        continue
      }
      if item["expect"] as? String == "error" {
        wrong.append(id.prefix { $0 != " " }.description)
      }
      guard let text = item["json"] as? String,
        let expected = try? JSONSerialization.jsonObject(
          with: Data(text.utf8), options: .fragmentsAllowed)
      else { continue }
      if says(node, expected) { right += 1 } else { wrong.append(id) }
    }
    print("yaml-test-suite: \(right) right, \(refused) refused")
    // The parser is lenient about the white space around comments, tabs, and how far a flow list or
    // a block scalar is indented: nothing of it changes a value.
    #expect(
      wrong == [
        "9C9N", "9JBA", "CVW2", "DK95-01", "QB6E", "S98Z", "SU5Z", "X4QW", "Y79Y-03",
      ])
    #expect(right > 100)
  }

  /// Whether a tree of literal text says what JSON says, numbers and words by what they mean.
  private func says(_ node: ConfigNode, _ json: Any) -> Bool {
    switch (node, json) {
    case (.list(let nodes, _), let values as [Any]):
      return nodes.count == values.count && zip(nodes, values).allSatisfy { says($0, $1) }
    case (.map(let entries, _), let values as [String: Any]):
      return entries.count == values.count
        && entries.allSatisfy { entry in values[entry.key].map { says(entry.value, $0) } ?? false }
    case (.scalar(let text, let quoted, _), _):
      if let expected = json as? String {
        return text == expected || (expected == "Infinity" && text == ".inf")
      }
      if quoted { return false }
      if json is NSNull { return ["", "~", "null", "Null", "NULL"].contains(text) }
      let number = json as? NSNumber
      switch text {
      case "true", "True", "TRUE": return number == true
      case "false", "False", "FALSE": return number == false
      default: break
      }
      if text.hasPrefix("0o"), let octal = Int(text.dropFirst(2), radix: 8) {
        return number?.intValue == octal
      }
      if text.hasPrefix("0x"), let hex = Int(text.dropFirst(2), radix: 16) {
        return number?.intValue == hex
      }
      return Double(text) == number?.doubleValue
    default: return false
    }
  }
}
