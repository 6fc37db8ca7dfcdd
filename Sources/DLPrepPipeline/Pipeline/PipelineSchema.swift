public import DLPrepBytes
internal import DLPrepData

extension Pipeline {
  /// The JSON Schema (2020-12) of pipeline files that may name the stages of a catalogue, for the
  /// completion and checking of editors.
  ///
  /// It follows from the declarations of parameters, and admits every file that can be read; rules
  /// between keys, and names of columns and steps, are beyond it.
  public static func jsonSchema(_ catalog: Catalog) -> JSON {
    let params: JSON = ParameterSchema.object([
      ("type", .text("object")), ("additionalProperties", ParameterSchema.text),
    ])
    var properties: [(String, JSON)] = [
      ("dlprep", ParameterSchema.object([("const", .integer(1))]))
    ]
    properties += ParameterSchema.properties(PipelineNames.parameters)
    properties += [
      ("params", params),
      ("input", ParameterSchema.mapping(ParameterSchema.properties(InputOptions.parameters))),
      ("schema", schemaSection(catalog)),
      ("split", ParameterSchema.mapping(ParameterSchema.properties(Split.parameters))),
      ("steps", ParameterSchema.object([("type", .text("array")), ("items", step(catalog))])),
      ("output", ParameterSchema.mapping(ParameterSchema.properties(OutputOptions.parameters))),
      ("lints", LintOptions.schema),
    ]
    guard case .object(let file) = ParameterSchema.mapping(properties, required: ["dlprep"]) else {
      return .object([])
    }
    return .object(
      [
        .init("$schema", .text("https://json-schema.org/draft/2020-12/schema")),
        .init("title", .text("dlprep pipeline")),
        .init("$defs", ParameterSchema.definitions),
      ] + file)
  }

  /// A stage's bare name, or one key with its parameters.
  private static func step(_ catalog: Catalog) -> JSON {
    let stages = catalog.stages.map { ($0.name, schema(of: $0)) }
    guard case .object(let one) = ParameterSchema.mapping(stages) else { return .object([]) }
    let mapping = JSON.object(
      one + [.init("minProperties", .integer(1)), .init("maxProperties", .integer(1))])
    return ParameterSchema.object([
      (
        "anyOf",
        .array([
          ParameterSchema.object([("enum", ParameterSchema.texts(catalog.names))]), mapping,
        ])
      )
    ])
  }

  private static func schema<S: Stage>(of stage: S.Type) -> JSON {
    var properties = ParameterSchema.properties(stage.allParameters)
    // Saying `when: always` is allowed everywhere; what else may be said, the reader knows.
    if !properties.contains(where: { $0.0 == "when" }) { properties.append(("when", When.schema)) }
    return ParameterSchema.mapping(properties, description: stage.summary)
  }

  private static func schemaSection(_ catalog: Catalog) -> JSON {
    var column = ParameterSchema.properties(DeclaredColumn.parameters.filter { $0.key != "check" })
    if let check = catalog["check"] {
      column.append(("check", checkSchema(of: check)))
    }
    let columns = ParameterSchema.object([
      ("type", .text("object")), ("additionalProperties", ParameterSchema.mapping(column)),
    ])
    return ParameterSchema.mapping(
      ParameterSchema.properties(SchemaOptions.parameters) + [("columns", columns)])
  }

  private static func checkSchema<S: Stage>(of stage: S.Type) -> JSON {
    let rules = stage.allParameters.filter { $0.key != "columns" && $0.key != "id" }
    return ParameterSchema.mapping(ParameterSchema.properties(rules), description: stage.summary)
  }
}
