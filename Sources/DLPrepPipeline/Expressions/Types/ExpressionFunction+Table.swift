extension ExpressionFunction {
  /// Every function and operator, as they are listed.
  package static let all: [ExpressionFunction] =
    arithmetic + comparisons + logic + conditions + texts + maths + dates + [hash]

  /// The function or operator of that name.
  static func named(_ name: String) -> ExpressionFunction? { byName[name] }

  /// The functions that are called by name and not by an operator.
  static let callable = all.filter { $0.signature.hasPrefix("\($0.name)(") }

  private static let byName = Dictionary(
    all.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
}
