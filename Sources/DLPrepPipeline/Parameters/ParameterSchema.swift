public import DLPrepBytes

/// Pieces of JSON Schema for the values of pipeline files, as editors check them.
///
/// Editors see YAML with its types resolved, while names in pipeline files are literal text: so
/// where text may stand any scalar may, and a `"${name}"` may stand for any other scalar.
enum ParameterSchema {
  /// Any scalar: the reference to its definition.
  static let text = reference("text")

  static let definitions = object([
    ("text", object([("type", texts(["string", "number", "boolean", "null"]))])),
    ("param", object([("type", .text("string")), ("pattern", .text(#"^\$\{.*\}$"#))])),
    (
      "selector",
      object([
        ("anyOf", .array([text, object([("type", .text("array")), ("items", text)])]))
      ])
    ),
  ])

  static func reference(_ name: String) -> JSON { object([("$ref", .text("#/$defs/\(name)"))]) }

  static func object(_ members: [(String, JSON)]) -> JSON {
    .object(members.map { JSON.Member($0.0, $0.1) })
  }

  static func texts(_ texts: [String]) -> JSON { .array(texts.map { .text($0) }) }

  /// Words that may stand there; to an editor, `null` without quotes is no text.
  static func words(_ words: [String]) -> JSON {
    .array(words.map { .text($0) } + (words.contains("null") ? [.null] : []))
  }

  /// The schema of a scalar type, or of what a param stands for.
  static func scalar(_ members: [(String, JSON)]) -> JSON {
    object([("anyOf", .array([object(members), reference("param")]))])
  }

  /// A mapping with these keys and no others.
  static func mapping(
    _ properties: [(String, JSON)], required: [String] = [], description: String? = nil
  ) -> JSON {
    var members: [(String, JSON)] = []
    if let description { members.append(("description", .text(description))) }
    members.append(("type", .text("object")))
    members.append(("properties", object(properties)))
    if !required.isEmpty { members.append(("required", texts(required))) }
    members.append(("additionalProperties", .bool(false)))
    return object(members)
  }

  /// The keys that a table of parameters takes.
  static func properties<Root>(_ parameters: [Parameter<Root>]) -> [(String, JSON)] {
    parameters.map { ($0.key, $0.schema) }
  }

  /// A schema with its help before it.
  static func described(_ schema: JSON, _ help: String, expected: String) -> JSON {
    guard case .object(let members) = schema else { return schema }
    return .object([.init("description", .text("\(help) (\(expected))"))] + members)
  }
}

extension ParameterValue {
  /// Anything: what the type doesn't say more closely is checked when the file is read.
  public static var schema: JSON { .object([]) }
}

extension ParameterMap {
  /// A mapping with its keys.
  public static var schema: JSON {
    ParameterSchema.mapping(ParameterSchema.properties(parameters))
  }
}
