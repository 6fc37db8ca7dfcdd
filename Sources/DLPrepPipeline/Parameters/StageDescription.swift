internal import DLPrepData

/// What there is to say of a stage, from its declaration: for listings, help and documentation.
public struct StageDescription: Sendable {
  /// One of its parameters.
  public struct Parameter: Sendable {
    /// The key in pipeline files.
    public var key: String
    /// One sentence on what it does.
    public var help: String
    /// What may stand there.
    public var expected: String
    /// Its value where the file gives none; nil: it has none.
    public var defaultValue: ConfigNode?
    /// What holds where the file gives none and there is no such value, in words.
    public var otherwise: String
  }

  /// The key in pipeline files.
  public var name: String
  /// One sentence on what it does.
  public var summary: String
  /// What other tools call it.
  public var otherNames: [String]
  /// Where it acts if the file doesn't say; nil: the file must.
  public var defaultColumns: Selector?
  /// Whether it can be taken back: by default first, then as parameters may have it.
  public var inverses: [Inverse] = []
  /// Its own parameters, then those that stages share.
  public var parameters: [Parameter]
  /// Steps as a file would hold them.
  public var examples: [ConfigNode]

  /// Describes a stage.
  public init<S: Stage>(of stage: S.Type) {
    let defaults = S()
    name = stage.name
    summary = stage.summary
    otherNames = stage.otherNames
    defaultColumns = stage.defaultColumns
    let shared = Self.sharedDefaults(of: defaults)
    parameters = stage.allParameters.map { parameter in
      Parameter(
        key: parameter.key, help: parameter.help, expected: parameter.expected,
        defaultValue: parameter.get(defaults),
        otherwise: shared[parameter.key] ?? parameter.otherwise ?? "none")
    }
    let stages = ((try? defaults.validate()) == nil ? [] : [defaults]) + stage.examples
    for inverse in stages.map(\.inverse) where !inverses.contains(inverse) {
      inverses.append(inverse)
    }
    examples = stage.examples.map { example in
      if case .map(let keys, _) = example.node, keys.isEmpty { return .text(stage.name) }
      return .map([(stage.name, example.node)])
    }
  }
}

extension StageDescription {
  /// What the keys that stages share are where the file doesn't say.
  private static func sharedDefaults<S: Stage>(of stage: S) -> [String: String] {
    let isEncoder = S.commonKeys.isSuperset(of: [.missing, .unknown])
    return [
      "columns": S.defaultColumns?.text ?? "required", "id": S.name,
      "when": S.name == "filter" ? "required" : stage.when.rawValue,
      "missing": (isEncoder ? MissingPolicy.category : .keep).rawValue,
      "unknown": UnknownPolicy.other.rawValue, "name": template(of: stage),
    ]
  }

  /// The template of what it makes of a column: of new columns, if there are any.
  private static func template<S: Stage>(of stage: S) -> String {
    func outputs<C: ColumnStage>(_ stage: C) -> [Output] {
      let types: [DataType] = [.float, .category, .timestamp, .bool]
      let fields = types.map { Field("x", $0) }
      guard let field = fields.first(where: { stage.accepts($0) }) else { return [] }
      return stage.outputs(for: field, nil)
    }
    let made = (stage as? any ColumnStage).map { outputs($0) } ?? []
    return (made.first { $0.value != nil } ?? made.first)?.template ?? "{column}"
  }
}

extension Catalog {
  /// The description of a stage; nil where there is none of that name.
  public func description(of name: String) -> StageDescription? {
    self[name].map { Self.description(of: $0) }
  }

  /// The description of every stage, by name.
  public var descriptions: [StageDescription] { stages.map { Self.description(of: $0) } }

  private static func description<S: Stage>(of stage: S.Type) -> StageDescription {
    StageDescription(of: stage)
  }
}
