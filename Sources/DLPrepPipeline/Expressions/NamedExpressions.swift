public import DLPrepBytes
public import DLPrepData

/// Expressions by name, in the order they were written.
public struct NamedExpressions: ParameterValue, ExpressibleByDictionaryLiteral {
  /// A name with its expression.
  public struct Entry: Sendable, Equatable {
    /// The name.
    public var name: String
    /// The expression.
    public var expression: RowExpression

    /// Puts a name and its expression together.
    public init(name: String, expression: RowExpression) {
      self.name = name
      self.expression = expression
    }
  }

  /// The names and their expressions.
  public var entries: [Entry]

  /// The given names and expressions.
  public init(dictionaryLiteral elements: (String, RowExpression)...) {
    entries = elements.map { Entry(name: $0.0, expression: $0.1) }
  }

  /// What may stand there.
  public static var expected: String { "a mapping from names to expressions" }
  /// A mapping to text.
  public static var schema: JSON {
    ParameterSchema.object([
      ("type", .text("object")), ("additionalProperties", ParameterSchema.text),
    ])
  }
  /// Reads it from a pipeline file.
  public init(_ node: ConfigNode) throws(PrepError) {
    guard case .map(let nodes, _) = node else { throw Self.mismatch(node) }
    entries = []
    for entry in nodes {
      do throws(PrepError) {
        entries.append(Entry(name: entry.key, expression: try RowExpression(entry.value)))
      } catch {
        var error = error
        error.message = "'\(entry.key)': " + error.message
        throw error
      }
    }
  }
  /// How a pipeline file says it.
  public var node: ConfigNode? {
    ConfigNode.map(entries.map { ($0.name, .text($0.expression.text)) })
  }
}
