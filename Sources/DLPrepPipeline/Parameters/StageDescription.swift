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
  }

  /// The key in pipeline files.
  public var name: String
  /// One sentence on what it does.
  public var summary: String
  /// Where it acts if the file doesn't say; nil: the file must.
  public var defaultColumns: Selector?
  /// Its own parameters, then those that stages share.
  public var parameters: [Parameter]
  /// Steps as a file would hold them.
  public var examples: [ConfigNode]

  /// Describes a stage.
  public init<S: Stage>(of stage: S.Type) {
    let defaults = S()
    name = stage.name
    summary = stage.summary
    defaultColumns = stage.defaultColumns
    parameters = stage.allParameters.map { parameter in
      Parameter(
        key: parameter.key, help: parameter.help, expected: parameter.expected,
        defaultValue: parameter.get(defaults))
    }
    examples = stage.examples.map { example in
      if case .map(let keys, _) = example.node, keys.isEmpty { return .text(stage.name) }
      return .map([(stage.name, example.node)])
    }
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
