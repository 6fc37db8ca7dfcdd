import DLPrepData
public import DLPrepPipeline

/// Where a stage that looks at earlier rows starts in serving.
public enum History: String, Sendable, CaseIterable, ParameterValue {
  /// Each table starts afresh.
  case fresh
  /// Each group goes on after its last training row.
  case carry
}

extension SequenceStage {
  /// Refuses a stage that isn't told what its rows are ordered by.
  func requireOrder() throws(PrepError) {
    if orderBy == nil {
      throw PrepError(
        .value, "'order_by': expected a column, found none",
        hint: "rows have no order of their own: name the column that says which came first")
    }
  }
}
