import DLPrepData
import DLPrepPipeline

/// A rule on what a stage declares, which needs no data.
struct DeclarationRule {
  /// The rule as a sentence.
  let name: String
  /// What is against it.
  let check: () -> [String]

  init(_ name: String, _ check: @escaping () -> [String]) {
    self.name = name
    self.check = check
  }

  /// Every rule, for one stage.
  static func all<S: Stage>(_ stage: S.Type) -> [DeclarationRule] {
    [
      DeclarationRule("names are snake case, and everything has help") { naming(S.self) },
      DeclarationRule("examples are valid and differ in every parameter") { examples(S.self) },
      DeclarationRule("every key sets its own property") { bindings(S.self) },
      DeclarationRule("what is written reads back") { readingBack(S.self) },
      DeclarationRule("what can't be is refused at its place") { refusals(S.self) },
    ]
  }

  private static func naming<S: Stage>(_ stage: S.Type) -> [String] {
    var found: [String] = []
    let keys = S.parameters.map(\.key)
    for name in keys + [S.name] where !isSnakeCase(name) { found.append("'\(name)' isn't") }
    if Set(keys).count < keys.count { found.append("a key is declared twice") }
    for parameter in S.parameters where !parameter.help.hasSuffix(".") {
      found.append("'\(parameter.key)' needs a sentence of help")
    }
    if !S.summary.hasSuffix(".") || S.summary.utf8.count > 150 {
      found.append("the summary must be one sentence of at most 150 bytes")
    }
    return found
  }

  private static func isSnakeCase(_ name: String) -> Bool {
    name.utf8.allSatisfy { (97...122).contains($0) || (48...57).contains($0) || $0 == 95 }
      && !name.isEmpty
  }

  private static func examples<S: Stage>(_ stage: S.Type) -> [String] {
    var found: [String] = []
    for (number, example) in S.examples.enumerated() {
      do throws(PrepError) {
        try example.validate()
      } catch {
        found.append("example \(number + 1): \(error)")
      }
    }
    for parameter in S.parameters {
      let values = S.examples.map { $0.node[parameter.key] } + [S().node[parameter.key]]
      if values.allSatisfy({ $0 == values[0] }) {
        found.append("no example has another '\(parameter.key)'")
      }
    }
    return found
  }

  private static func bindings<S: Stage>(_ stage: S.Type) -> [String] {
    var found: [String] = []
    for example in S.examples {
      guard case .map(let entries, _) = example.node else { continue }
      for entry in entries {
        var errors: [PrepError] = []
        let alone = S.decoded(.map([(entry.key, entry.value)]), errors: &errors).stage
        if alone.node != ConfigNode.map([(entry.key, entry.value)]) {
          found.append("'\(entry.key)' sets more or less than itself")
        }
      }
    }
    return found
  }

  private static func readingBack<S: Stage>(_ stage: S.Type) -> [String] {
    S.examples.enumerated().compactMap { number, example in
      var errors: [PrepError] = []
      let read = S.decoded(example.node, errors: &errors).stage
      if let error = errors.first { return "example \(number + 1): \(error)" }
      return read == example ? nil : "example \(number + 1) comes back as another stage"
    }
  }

  private static func refusals<S: Stage>(_ stage: S.Type) -> [String] {
    var found: [String] = []
    func refuses(_ key: String, _ value: ConfigNode, _ place: Place) -> Bool {
      var errors: [PrepError] = []
      let node = ConfigNode.map(
        [ConfigNode.Entry(key, at: place, value)], Place(file: "p.yaml", line: 1))
      _ = S.decoded(node, errors: &errors)
      return errors.first.map { $0.place == place } ?? false
    }
    let place = Place(file: "p.yaml", line: 7, column: 9)
    if !refuses("no_such_key", .scalar("1", quoted: false, place), place) {
      found.append("an unknown key")
    }
    for parameter in S.parameters {
      if !refuses(parameter.key, .list([.list([], place)], place), place) {
        found.append("'\(parameter.key)': a list of lists")
      }
      guard let bound = lowerBound(parameter.expected) else { continue }
      if !refuses(parameter.key, .scalar("\(bound - 1)", quoted: false, place), place) {
        found.append("'\(parameter.key)': \(bound - 1)")
      }
    }
    return found
  }

  /// The first number after `from`, as ranges are described.
  private static func lowerBound(_ expected: String) -> Double? {
    let words = expected.split(separator: " ")
    guard let from = words.lastIndex(of: "from"), from + 1 < words.count,
      words.contains("to")
    else { return nil }
    return Double(words[from + 1])
  }
}

extension ConfigNode {
  /// The value of a key of a mapping.
  subscript(key: String) -> ConfigNode? {
    guard case .map(let entries, _) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }
}
