public import DLPrepBytes
public import DLPrepData

extension Selector: ParameterValue {
  /// Names or one expression.
  public static var expected: String { "column names or one expression" }

  /// A scalar or a list of names.
  public static var schema: JSON { ParameterSchema.reference("selector") }

  /// Reads a list of exact names, or an expression.
  public init(_ node: ConfigNode) throws(PrepError) {
    switch node {
    case .list: self = .names(try [String](node))
    case .scalar(let text, _, _):
      guard text.unicodeScalars.contains(where: { !$0.properties.isWhitespace }) else {
        throw Self.mismatch(node, hint: "every feature is written all, no column at all []")
      }
      var parser = SelectorParser(text, node)
      self = try parser.parsed()
    case .map: throw Self.mismatch(node, hint: "a list of names is written [a, b]")
    }
  }

  /// Where each exact name, and each step as `of(NAME)` or `from(NAME)`, stands in an expression.
  static func placesOfNames(in node: ConfigNode) -> [(name: String, place: Place)] {
    guard case .scalar(let text, _, _) = node else { return [] }
    var parser = SelectorParser(text, node)
    return (try? parser.parsed()) == nil ? [] : parser.names
  }
}

extension ConfigNode {
  /// Where a Unicode scalar of a scalar's text stands: exact on one line without escapes before
  /// it, else where the scalar starts.
  func place(at offset: Int) -> Place {
    guard case .scalar(let text, let quoted, var place) = self, place.column > 0,
      !text.unicodeScalars.contains("\n")
    else { return place }
    place.column += offset + (quoted ? 1 : 0)
    return place
  }
}
