import DLPrepData

/// An expression as it is written: what stands where, not yet what it means.
package struct ExpressionSyntax: Sendable {
  /// What stands there.
  ///
  /// Operators are calls of the function of that name.
  package indirect enum Kind: Sendable {
    case literal(ExpressionLiteral)
    case column(String)
    case call(String, [ExpressionSyntax])
  }

  /// What stands there.
  package var kind: Kind
  /// The Unicode scalar where it starts; for an operator, where the operator stands.
  package var offset: Int
}

/// A value that stands in an expression.
package enum ExpressionLiteral: Sendable, Equatable {
  case integer(Int64)
  case float(Double)
  case bool(Bool)
  case text(String)
  case null
}

extension ExpressionSyntax {
  /// Calls `body` with every column that is named, in the order of the text.
  func forEachColumn(_ body: (_ name: String, _ offset: Int) -> Void) {
    switch kind {
    case .literal: break
    case .column(let name): body(name, offset)
    case .call(_, let arguments): for argument in arguments { argument.forEachColumn(body) }
    }
  }
}

/// What is wrong with an expression, and at which Unicode scalar.
package struct ExpressionError: Error {
  var code: PrepError.Code
  var message: String
  var offset: Int
  var hint: String?

  init(_ code: PrepError.Code, _ message: String, at offset: Int, hint: String? = nil) {
    self.code = code
    self.message = message
    self.offset = offset
    self.hint = hint
  }
}
