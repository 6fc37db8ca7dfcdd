public import DLPrepData

extension Selector: ParameterValue {
  /// Names or one expression.
  public static var expected: String { "column names or one expression" }
  /// Reads a selector.
  public init(_ node: ConfigNode) throws(PrepError) {
    switch node {
    case .list: self = .names(try [String](node))
    case .scalar(let text, _, _):
      self = TypeWord(rawValue: text).map { .type($0) } ?? .names([text])
    case .map: throw Self.mismatch(node)
    }
  }
  /// The selector as a file would say it.
  public var node: ConfigNode? {
    switch self {
    case .names(let names): .list(names.map { .text($0) })
    case .type(let word): .text(word.rawValue)
    default: nil
    }
  }
}
