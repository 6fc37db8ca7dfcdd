public import DLPrepData

/// A value of a pipeline file with its place: text, a list or a mapping.
///
/// A scalar is the literal text that stands there; what it means (a number, a name) is decided by
/// the parameter that reads it.
public indirect enum ConfigNode: Sendable {
  case scalar(String, quoted: Bool, Place)
  case list([ConfigNode], Place)
  case map([Entry], Place)

  /// A key with its value.
  public struct Entry: Sendable {
    /// The key.
    public var key: String
    /// Where the key stands.
    public var place: Place
    /// Its value.
    public var value: ConfigNode

    /// Puts a key and its value together.
    public init(_ key: String, at place: Place, _ value: ConfigNode) {
      self.key = key
      self.place = place
      self.value = value
    }
  }

  /// Where it starts.
  public var place: Place {
    switch self {
    case .scalar(_, _, let place), .list(_, let place), .map(_, let place): place
    }
  }

  /// What it is, for messages: the text in quotes, or its kind.
  public var found: String {
    switch self {
    case .scalar(let text, _, _): text.isEmpty ? "nothing" : "'\(Self.shortened(text))'"
    case .list: "a list"
    case .map: "a mapping"
    }
  }

  /// Text as messages show it: cut where it is very long.
  package static func shortened(_ text: String) -> String {
    text.unicodeScalars.count <= 100
      ? text : String(String.UnicodeScalarView(text.unicodeScalars.prefix(100))) + "..."
  }

  /// The value of a key; nil where this is no mapping or has no such key.
  public subscript(key: String) -> ConfigNode? {
    guard case .map(let entries, _) = self else { return nil }
    return entries.first { $0.key == key }?.value
  }

  /// A scalar without a place, as written by Swift code: empty text is meant to be empty.
  public static func text(_ text: String) -> ConfigNode {
    .scalar(text, quoted: text.isEmpty, Place(file: ""))
  }

  /// A list without a place.
  public static func list(_ nodes: [ConfigNode]) -> ConfigNode { .list(nodes, Place(file: "")) }

  /// A mapping without places.
  public static func map(_ entries: [(String, ConfigNode)]) -> ConfigNode {
    .map(
      entries.map { Entry($0.0, at: Place(file: ""), $0.1) }, Place(file: ""))
  }
}

extension ConfigNode: Equatable {
  /// Whether both say the same, wherever they stand and however they are quoted.
  public static func == (a: ConfigNode, b: ConfigNode) -> Bool {
    switch (a, b) {
    case (.scalar(let x, _, _), .scalar(let y, _, _)): x == y
    case (.list(let x, _), .list(let y, _)): x == y
    case (.map(let x, _), .map(let y, _)):
      x.elementsEqual(y) { $0.key == $1.key && $0.value == $1.value }
    default: false
    }
  }
}
