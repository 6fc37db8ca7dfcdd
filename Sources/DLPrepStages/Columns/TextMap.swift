public import DLPrepData
public import DLPrepPipeline

/// Text by text, in the order it was written.
public struct TextMap: ParameterValue, ExpressibleByDictionaryLiteral {
  /// The keys and their values.
  public var entries: [Entry]

  /// A key and its value.
  public struct Entry: Sendable, Equatable {
    /// The key.
    public var key: String
    /// Its value.
    public var value: String
  }

  /// The given keys and values.
  public init(dictionaryLiteral elements: (String, String)...) {
    entries = elements.map { Entry(key: $0.0, value: $0.1) }
  }

  /// The value of a key, which is compared byte by byte.
  public subscript(key: String) -> String? {
    entries.first { $0.key.utf8.elementsEqual(key.utf8) }?.value
  }

  /// What may stand there.
  public static var expected: String { "a mapping from text to text" }
  /// Reads it from a pipeline file.
  public init(_ node: ConfigNode) throws(PrepError) {
    guard case .map(let nodes, _) = node else { throw Self.mismatch(node) }
    entries = []
    for entry in nodes {
      entries.append(Entry(key: entry.key, value: try String(entry.value)))
    }
  }
  /// How a pipeline file says it.
  public var node: ConfigNode? { .map(entries.map { ($0.key, .text($0.value)) }) }
}
