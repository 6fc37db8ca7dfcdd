import DLPrepData

/// A part of an expression whose meaning and type are known.
package struct TypedExpression: Sendable {
  /// What it is.
  indirect enum Kind: Sendable {
    case literal(ExpressionLiteral)
    /// The position of a column among those the expression is given.
    case column(Int)
    case call(ExpressionFunction, [TypedExpression])
    /// The same value as another type.
    case converted(TypedExpression)
  }

  var kind: Kind
  /// What it gives.
  package var type: ExpressionType
  /// The Unicode scalar it starts at.
  var offset: Int
  /// For instants: the time zone whose clocks count; nil is UTC.
  package var timeZone: String?

  /// The value, where it is a literal.
  var literal: ExpressionLiteral? {
    switch kind {
    case .literal(let literal): literal
    case .converted(let inner): inner.literal
    case .column, .call: nil
    }
  }

  /// The positions of the columns that it looks at.
  var columns: Set<Int> {
    switch kind {
    case .literal: []
    case .column(let position): [position]
    case .call(_, let arguments): arguments.reduce(into: []) { $0.formUnion($1.columns) }
    case .converted(let inner): inner.columns
    }
  }
}
