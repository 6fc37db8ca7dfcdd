package import DLPrepBytes
internal import DLPrepData

/// One parameter of a stage, declared once: key, property, range and help.
///
/// Decoding, checking, writing back, help and the JSON Schema all read this.
public struct Parameter<Root: Sendable>: Sendable {
  /// The key in pipeline files.
  public let key: String
  /// One sentence on what it does.
  public let help: String
  /// What may stand there.
  public let expected: String
  /// What holds where nothing is given and the property has no value, in words.
  public private(set) var otherwise: String?
  /// What may stand there, as JSON Schema.
  package let schema: JSON
  let set: @Sendable (inout Root, ConfigNode) throws(PrepError) -> Void
  let get: @Sendable (Root) -> ConfigNode?

  /// Binds a key to a property.
  public init<Value: ParameterValue>(
    _ key: String, _ path: any WritableKeyPath<Root, Value> & Sendable, _ help: String
  ) {
    self.init(key, path, expected: Value.expected, Value.schema, help) { _ in true }
  }

  /// Binds a key to a number that must lie in a range.
  public init<Value: ParameterValue & Comparable>(
    _ key: String, _ path: any WritableKeyPath<Root, Value> & Sendable,
    in range: ClosedRange<Value>,
    _ help: String
  ) {
    self.init(
      key, path, expected: Self.words(Value.expected, range), Self.bounded(Value.schema, range),
      help
    ) { range.contains($0) }
  }

  /// Binds a key to a number that must lie in a range, where it is given.
  public init<Value: ParameterValue & Comparable>(
    _ key: String, _ path: any WritableKeyPath<Root, Value?> & Sendable,
    in range: ClosedRange<Value>,
    _ help: String
  ) {
    self.init(
      key, path, expected: Self.words(Value.expected, range), Self.bounded(Value.schema, range),
      help
    ) {
      $0.map(range.contains) ?? true
    }
  }

  /// The same parameter, with what holds where nothing is given and the property has no value.
  public func otherwise(_ words: String) -> Parameter {
    var parameter = self
    parameter.otherwise = words
    return parameter
  }

  private init<Value: ParameterValue>(
    _ key: String, _ path: any WritableKeyPath<Root, Value> & Sendable, expected: String,
    _ schema: JSON, _ help: String, _ admits: @escaping @Sendable (Value) -> Bool
  ) {
    self.key = key
    self.help = help
    self.expected = expected
    self.schema = ParameterSchema.described(schema, help, expected: expected)
    set = { root, node throws(PrepError) in
      let value = try Value(node)
      guard admits(value) else {
        throw PrepError(.value, "expected \(expected), found \(node.found)", at: node.place.ifKnown)
      }
      root[keyPath: path] = value
    }
    get = { $0[keyPath: path].node }
  }

  private static func words<Value: ParameterValue>(
    _ expected: String, _ range: ClosedRange<Value>
  ) -> String {
    let most = text(range.upperBound)
    // The largest number there is bounds nothing.
    return "\(expected) from \(text(range.lowerBound))"
      + (most == "\(Int.max)" ? "" : " to \(most)")
  }

  /// The schema of a number with its bounds.
  private static func bounded<Value: ParameterValue>(
    _ schema: JSON, _ range: ClosedRange<Value>
  ) -> JSON {
    guard case .array(let options)? = schema["anyOf"], case .object(var number)? = options.first
    else { return schema }
    for (key, bound) in [("minimum", range.lowerBound), ("maximum", range.upperBound)] {
      guard let value = Double(text(bound)) else { continue }
      number.removeAll { $0.key.elementsEqual(key.utf8) }
      number.append(.init(key, Int64(exactly: value).map { .integer($0) } ?? .number(value)))
    }
    return ParameterSchema.object([("anyOf", .array([.object(number)] + options.dropFirst()))])
  }

  private static func text<Value: ParameterValue>(_ value: Value) -> String {
    if case .scalar(let text, _, _)? = value.node { text } else { "" }
  }
}
