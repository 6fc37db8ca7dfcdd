public import DLPrepBytes
public import DLPrepData

/// What `lints:` says, at the top of a pipeline file or in a step: `{ignore: [NAME, ...]}`.
public struct LintOptions: ParameterMap {
  /// The lints that are silenced.
  public var ignore: [LintName] = []
  /// Nothing is silenced.
  public init() {}
  /// What may stand there.
  public static var expected: String { "a mapping with ignore" }
  /// Its keys.
  public static let parameters: [Parameter<LintOptions>] = [
    .init("ignore", \.ignore, "The lints that are silenced.")
  ]
  /// The mapping; no key where nothing is silenced.
  public var node: ConfigNode? {
    ignore.isEmpty ? nil : .map([("ignore", .list(ignore.compactMap(\.node)))])
  }
}

/// The name of a lint, where a pipeline file says it.
public struct LintName: ParameterValue {
  /// The name.
  public var text: String
  /// Where it stands.
  public var place: Place?

  /// Whether both are the same name, wherever they stand.
  public static func == (a: LintName, b: LintName) -> Bool { a.text == b.text }

  /// What may stand there.
  public static var expected: String { "the name of a lint" }
  /// One of the names.
  public static var schema: JSON {
    ParameterSchema.scalar([("enum", ParameterSchema.words(Lint.silenceable))])
  }
  /// Reads the name of a lint that can be silenced.
  public init(_ node: ConfigNode) throws(PrepError) {
    guard case .scalar(let text, _, let place) = node else { throw Self.mismatch(node) }
    guard let lint = Lint.named(text) else {
      throw Self.mismatch(
        node,
        hint: suggestion(for: text, among: Lint.silenceable)
          ?? "'dlprep check --list-lints' lists them")
    }
    guard lint.severity != .refused else {
      throw PrepError(
        .value, "'\(text)' is an error, which can't be silenced", at: node.place.ifKnown)
    }
    (self.text, self.place) = (text, place.ifKnown)
  }
  /// The name.
  public var node: ConfigNode? { .text(text) }
}

extension Lint {
  /// The names of the lints that can be silenced.
  static let silenceable = all.filter { $0.severity != .refused }.map(\.name)
}
