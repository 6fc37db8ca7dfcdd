public import DLPrepBytes
public import DLPrepData

/// A value that a parameter can have: read from a pipeline file and written back.
public protocol ParameterValue: Sendable, Equatable {
  /// What may stand there, for help and messages: `a number`, `one of mean, median`.
  static var expected: String { get }
  /// What may stand there, as JSON Schema; by default anything.
  static var schema: JSON { get }
  /// Reads it; an error of code `value` at the node's place where it can't be.
  init(_ node: ConfigNode) throws(PrepError)
  /// The value as a file would say it; nil where the key is left out.
  var node: ConfigNode? { get }
}

extension ParameterValue {
  /// The error for a node that isn't what is expected.
  public static func mismatch(_ node: ConfigNode, hint: String? = nil) -> PrepError {
    PrepError(
      .value, "expected \(expected), found \(node.found)", at: node.place.ifKnown,
      hint: hint)
  }
}
