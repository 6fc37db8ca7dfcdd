import DLPrepBytes
import DLPrepData
import DLPrepStages
import Testing

@testable import DLPrepPipeline
@testable import DLPrepYAML

struct SchemaTests {
  private let schema: JSON

  init() { schema = PipelineFile.jsonSchema(configCatalog) }

  private init(_ catalog: Catalog) { schema = PipelineFile.jsonSchema(catalog) }

  private func instance(_ yaml: String) throws -> JSON {
    var errors: [PrepError] = []
    let node = PipelineFile.read(bytes: Array(yaml.utf8), name: "p", errors: &errors)
    return asEditorsSee(try #require(node))
  }

  @Test func aFileWithEveryKeyIsAdmitted() throws {
    #expect(problems(try instance(everyKey), schema, "") == [])
    #expect(problems(try instance("dlprep: 1"), schema, "") == [])
  }

  @Test func everyExampleOfEveryStageIsAdmitted() {
    let own = SchemaTests(standardStages)
    for example in standardStages.descriptions.flatMap(\.examples) {
      let node = ConfigNode.map([("dlprep", .text("1")), ("steps", .list([example]))])
      #expect(own.problems(asEditorsSee(node), own.schema, "") == [], "\(example)")
    }
  }

  @Test(arguments: [
    ("name: x", ": 'dlprep' is missing"),
    ("dlprep: 2", "/dlprep: not 1"),
    ("dlprep: 1\nnam: x", ": no key 'nam'"),
    ("dlprep: 1\nsteps: [nothing]", "/steps/0: none of 2"),
    ("dlprep: 1\nsteps: [impute: {strategy: medain}]", "/steps/0: none of 2"),
    ("dlprep: 1\nsteps: [outliers: {factor: 101}]", "/steps/0: none of 2"),
    ("dlprep: 1\nsteps: [outliers: {factor: 5}, {impute: {}, check: {}}]", "/steps/1: none of 2"),
    ("dlprep: 1\nsplit: {test: 2}", "/split/test: none of 2"),
    ("dlprep: 1\nsplit: {test: \"${x\"}", "/split/test: none of 2"),
    ("dlprep: 1\nseed: -1", "/seed: none of 2"),
    ("dlprep: 1\ninput: {bad_rows: {max: 1}}", "/input/bad_rows: no key 'max'"),
    ("dlprep: 1\nschema: {columns: {a: {type: flaot}}}", "/schema/columns/a/type: none of 2"),
    (
      "dlprep: 1\nschema: {columns: {a: {check: {columns: x}}}}",
      "/schema/columns/a/check: no key 'columns'"
    ),
  ])
  func aMistakeIsFound(_ yaml: String, _ problem: String) throws {
    #expect(problems(try instance(yaml), schema, "") == [problem])
  }

  @Test func helpIsThere() {
    let strategy = schema["properties"]?["steps"]?["items"]?["anyOf"]
    guard case .array(let options)? = strategy else {
      Issue.record("no steps")
      return
    }
    let impute = options[1]["properties"]?["impute"]
    #expect(impute?["description"] == .text("Fills in missing values."))
    #expect(
      impute?["properties"]?["strategy"]?["description"]
        == .text("What is filled in. (one of mean, median, constant)"))
  }

  /// YAML with the types that an editor resolves.
  private func asEditorsSee(_ node: ConfigNode) -> JSON {
    switch node {
    case .scalar(let text, let quoted, _):
      if quoted { return .text(text) }
      if text == "true" || text == "false" { return .bool(text == "true") }
      if text == "~" || text == "null" { return .null }
      if let integer = Int64(text) { return .integer(integer) }
      return Double(text).map { .number($0) } ?? .text(text)
    case .list(let nodes, _): return .array(nodes.map { asEditorsSee($0) })
    case .map(let entries, _):
      return .object(entries.map { .init($0.key, asEditorsSee($0.value)) })
    }
  }

  /// What a schema refuses, as far as these schemas go; a keyword that isn't known is refused too.
  private func problems(_ value: JSON, _ part: JSON, _ path: String) -> [String] {
    guard case .object(let keywords) = part else { return ["\(path): no schema"] }
    var problems: [String] = []
    for keyword in keywords {
      switch (String(decoding: keyword.key, as: UTF8.self), keyword.value) {
      case ("description", .string), ("title", .string), ("$schema", .string), ("$defs", .object):
        break
      case ("$ref", .string(let bytes)):
        let name = String(decoding: bytes, as: UTF8.self).split(separator: "/").last ?? ""
        if let target = schema["$defs"]?[String(name)] {
          problems += self.problems(value, target, path)
        } else {
          problems.append("\(path): no definition of \(name)")
        }
      case ("anyOf", .array(let options)):
        if options.allSatisfy({ !self.problems(value, $0, path).isEmpty }) {
          problems.append("\(path): none of \(options.count)")
        }
      case ("const", let expected): if value != expected { problems.append("\(path): not 1") }
      case ("enum", .array(let words)):
        if !words.contains(value) { problems.append("\(path): not a word") }
      case ("type", .string(let type)):
        if !isOf(type: type, value) { problems.append("\(path): type") }
      case ("type", .array(let types)):
        let fits = types.contains {
          if case .string(let type) = $0 { isOf(type: type, value) } else { false }
        }
        if !fits { problems.append("\(path): type") }
      case ("pattern", .string(let pattern)):
        let regex = try? Regex(String(decoding: pattern, as: UTF8.self))
        if case .string(let text) = value, let regex,
          String(decoding: text, as: UTF8.self).firstMatch(of: regex) == nil
        {
          problems.append("\(path): pattern")
        }
      case ("minimum", let bound):
        if let given = number(value), let least = number(bound), given < least {
          problems.append("\(path): minimum")
        }
      case ("maximum", let bound):
        if let given = number(value), let most = number(bound), given > most {
          problems.append("\(path): maximum")
        }
      case ("minProperties", .integer(let least)):
        if case .object(let members) = value, members.count < least {
          problems.append("\(path): few keys")
        }
      case ("maxProperties", .integer(let most)):
        if case .object(let members) = value, members.count > most {
          problems.append("\(path): many keys")
        }
      case ("items", let items):
        if case .array(let values) = value {
          for (index, item) in values.enumerated() {
            problems += self.problems(item, items, "\(path)/\(index)")
          }
        }
      case ("required", .array(let keys)):
        for case .string(let key) in keys {
          let name = String(decoding: key, as: UTF8.self)
          if value[name] == nil { problems.append("\(path): '\(name)' is missing") }
        }
      case ("properties", .object(let properties)):
        for property in properties {
          let name = String(decoding: property.key, as: UTF8.self)
          if let inner = value[name] {
            problems += self.problems(inner, property.value, "\(path)/\(name)")
          }
        }
      case ("additionalProperties", let rest):
        guard case .object(let members) = value else { continue }
        for member in members {
          let name = String(decoding: member.key, as: UTF8.self)
          if part["properties"]?[name] != nil { continue }
          if rest == .bool(false) {
            problems.append("\(path): no key '\(name)'")
          } else {
            problems += self.problems(member.value, rest, "\(path)/\(name)")
          }
        }
      default: problems.append("\(path): keyword \(keyword.key)")
      }
    }
    return problems
  }

  private func number(_ value: JSON) -> Double? {
    switch value {
    case .integer(let integer): Double(integer)
    case .number(let number): number
    default: nil
    }
  }

  private func isOf(type: [UInt8], _ value: JSON) -> Bool {
    switch (String(decoding: type, as: UTF8.self), value) {
    case ("string", .string), ("boolean", .bool), ("null", .null), ("object", .object),
      ("array", .array), ("integer", .integer), ("number", .integer), ("number", .number):
      true
    default: false
    }
  }
}
