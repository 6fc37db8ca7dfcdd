import DLPrepData
public import DLPrepPipeline

/// What becomes of a column without any value, for the stages that impute columns together.
public enum AllMissing: String, Sendable, CaseIterable, ParameterValue {
  /// It is an error.
  case error
  /// It is dropped.
  case drop
}

extension GatheredRows {
  /// An error where a column has no value and may not be dropped.
  func requireValues(of fields: [Field], _ allMissing: AllMissing) throws(PrepError) {
    for (field, column) in zip(fields, columns) where column.present == 0 && allMissing == .error {
      throw PrepError(
        .fit, "expected a value in column '\(field.name)', found \(rows) missing ones",
        hint: "drop the column, or write all_missing: drop")
    }
  }
}
