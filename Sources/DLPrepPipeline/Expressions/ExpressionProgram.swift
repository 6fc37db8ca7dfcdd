package import DLPrepData

/// Expressions over the columns of a step, typed: each may use the names of those before it.
package struct ExpressionProgram: Sendable {
  /// One of the expressions.
  package struct Step: Sendable {
    /// Its name.
    package let name: String
    /// What it gives.
    package let typed: TypedExpression
    /// The same with floats for integer columns; nil where types don't allow that, or there are
    /// none.
    let ofFloats: TypedExpression?
  }

  /// The columns that it is given.
  package let fields: [Field]
  /// The expressions.
  package private(set) var steps: [Step] = []
  private var scope: ExpressionScope
  /// The same with floats for integers.
  private var floatScope: ExpressionScope

  /// No expression yet, over columns of these types.
  package init(_ fields: [Field]) {
    self.fields = fields
    scope = ExpressionScope(fields)
    floatScope = ExpressionScope(fields.map(\.withFloats))
  }

  /// Adds an expression under a name that those after it may use.
  package mutating func append(_ name: String, _ expression: RowExpression) throws(PrepError) {
    let typed = try expression.value(scope)
    guard let type = typed.type.dataType else {
      throw PrepError(.internal, "expected columns of known types for '\(name)'")
    }
    add(name, typed, expression)
    var field = Field(name, type)
    field.timeZone = typed.timeZone
    scope.append(field)
    floatScope.append(field.withFloats)
  }

  /// Adds a condition.
  package mutating func append(condition: RowExpression) throws(PrepError) {
    add("", try condition.condition(scope), condition)
  }

  private mutating func add(
    _ name: String, _ typed: TypedExpression, _ expression: RowExpression
  ) {
    let looksAtIntegers = typed.columns.contains { scope.variables[$0].type == .integer }
    steps.append(
      Step(
        name: name, typed: typed,
        ofFloats: looksAtIntegers ? try? expression.typed(floatScope) : nil))
  }

  /// The positions of the given columns that an expression looks at, also by way of others.
  package func dependencies(of step: Int) -> Set<Int> {
    var all: Set<Int> = []
    var seen: Set<Int> = [step]
    var open = [step]
    while let next = open.popLast() {
      for position in steps[next].typed.columns {
        if position < fields.count {
          all.insert(position)
        } else if seen.insert(position - fields.count).inserted {
          open.append(position - fields.count)
        }
      }
    }
    return all
  }

  /// The time zones whose clocks it looks at.
  package var timeZones: Set<String> { Set(fields.compactMap(\.timeZone)) }

  /// Opens the expressions for one worker.
  package func open(_ zones: ExpressionZones) -> [CompiledExpression] {
    steps.map { CompiledExpression($0.typed, ofFloats: $0.ofFloats, scope, zones) }
  }

  /// The fields of what the expressions give, with the lineage of the columns they look at; the
  /// role is that of a feature.
  package func results(of fields: [Field]) -> [Field] {
    var known = fields
    for step in steps {
      guard let type = step.typed.type.dataType else { continue }
      var field = Field(step.name, type)
      field.timeZone = step.typed.timeZone
      field.sources = []
      for position in step.typed.columns.sorted() {
        field.sources += known[position].sources.filter { !field.sources.contains($0) }
        field.steps += known[position].steps.filter { !field.steps.contains($0) }
      }
      known.append(field)
    }
    return Array(known[fields.count...])
  }
}

extension Field {
  fileprivate var withFloats: Field {
    guard type == .integer else { return self }
    var field = self
    field.type = .float
    return field
  }
}
