import DLPrepData
import DLPrepPipeline
import Testing

/// What serving gives for the rows that were learned from.
func served(_ stages: [any Stage], _ table: Table) async throws -> Table {
  try await Pipeline(stages).fit(table).apply(table)
}

/// What serving gives for one column after a stage that acts on it.
func served(
  _ stage: any Stage, _ values: Table.Values, name: String = "x"
) async throws
  -> Table.Values?
{
  try await served([stage], Table([name: values])).values(of: name)
}

extension Table {
  /// The values of a column; nil where there is none.
  func values(of name: String) -> Values? { columns.first { $0.name == name }?.values }
}

/// Whether two columns of floats are the same within a few units in the last place.
func near(_ values: Table.Values?, _ expected: [Double?]) -> Bool {
  guard case .float(let found)? = values, found.count == expected.count else { return false }
  return zip(found, expected).allSatisfy { a, b in
    guard let a, let b else { return a == nil && b == nil }
    return abs(a - b) <= 4e-15 * max(abs(a), abs(b), 1)
  }
}

/// A pipeline with a target column `y`.
func supervised(_ stages: [any Stage]) -> Pipeline {
  var pipeline = Pipeline(stages)
  var target = Contract.Column("y")
  target.role = .target
  pipeline.schema.columns = [target]
  return pipeline
}
