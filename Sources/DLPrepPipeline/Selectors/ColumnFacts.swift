package import DLPrepData

/// What a selector may ask of a column as it stands at a step.
///
/// Facts that only data can tell are nil in a plan that has seen none.
package struct ColumnFacts {
  /// Its name, type and role.
  package var field: Field
  /// Whether the field's type is more than a guess: false in a plan that has seen no data, for a
  /// column that the schema gives no type.
  package var isTypeKnown = true
  /// How many training rows there are.
  package var rows: () -> Int?
  /// How many of them are missing.
  package var missing: () -> Int?
  /// How many distinct values there are, counted no further than a limit.
  package var distinct: (_ upTo: Int) -> Int?
  /// The addresses of steps that acted on it.
  package var actedOn: Set<String>
  /// The addresses of steps that made it.
  package var madeBy: Set<String>

  /// Facts of a column of which nothing but its field is known.
  package init(field: Field, actedOn: Set<String> = [], madeBy: Set<String> = []) {
    self.field = field
    rows = { nil }
    missing = { nil }
    distinct = { _ in nil }
    self.actedOn = actedOn
    self.madeBy = madeBy
  }
}
