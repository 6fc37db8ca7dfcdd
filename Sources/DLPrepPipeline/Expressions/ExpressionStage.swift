package import DLPrepData

/// A stage that is told what to do by expressions: what can be known of it without data.
package protocol ExpressionStage: BlockStage {
  /// Its expressions, each with the name of what it makes.
  var namedExpressions: NamedExpressions { get }
  /// Whether they make columns; else they are conditions.
  var makesColumns: Bool { get }
}

extension ExpressionStage {
  /// The types of what the expressions make, in their order, as far as the scope tells; nil where
  /// only data can.
  package func plannedFields(_ scope: ExpressionScope) throws(PrepError) -> [(Field, known: Bool)] {
    var scope = scope
    var made: [(Field, known: Bool)] = []
    for entry in namedExpressions.entries {
      guard makesColumns else {
        _ = try entry.expression.condition(scope)
        continue
      }
      do throws(PrepError) {
        let typed = try entry.expression.value(scope)
        var field = Field(entry.name, typed.type.dataType ?? .category)
        field.timeZone = typed.timeZone
        made.append((field, typed.type.dataType != nil))
        if typed.type == .unknown { scope.append(untyped: entry.name) } else { scope.append(field) }
      } catch {
        var error = error
        error.message = "'\(entry.name)': " + error.message
        throw error
      }
    }
    return made
  }
}
