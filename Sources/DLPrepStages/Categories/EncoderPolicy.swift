import DLPrepData
import DLPrepPipeline

/// What becomes of a category that a function doesn't know.
enum UnknownAction {
  case value
  case missing
  case fail
  case reject
}

/// What is said of a category that a function doesn't know.
struct UnknownFinding {
  /// What it is counted as.
  var kind = "unseen"
  var code = PrepError.Code.unseen
  var expected = "a value seen at fit"
  var hint: String? = "fit on data that has it, or choose another 'unknown:'"
}

extension Stage {
  /// What an encoder does with missing values: a level of their own, unless the file says else.
  var encoderMissing: MissingPolicy { common.missing ?? .category }

  /// What an encoder does with unseen values; without a pooled level `other` is as `ignore`.
  var unknownAction: UnknownAction {
    switch common.unknown ?? .other {
    case .other, .ignore: .value
    case .missing: .missing
    case .error: .fail
    }
  }

  /// Refuses a policy for missing values that makes no sense here.
  func refuse(_ policies: MissingPolicy...) throws(PrepError) {
    guard let found = common.missing, policies.contains(found) else { return }
    let others = MissingPolicy.allCases.filter { !policies.contains($0) }.map(\.rawValue)
    throw PrepError(
      .value,
      "'missing': expected one of \(others.joined(separator: ", ")), found '\(found.rawValue)'")
  }
}

extension Answers {
  /// Refuses to learn from a column without any value.
  func requireValues(of field: Field) throws(PrepError) {
    let (rows, missing) = count
    guard rows == missing else { return }
    throw PrepError(
      .fit,
      rows == 0
        ? "expected rows to learn from, found 0 rows for column '\(field.name)'"
        : "expected a value in column '\(field.name)', found \(rows) missing ones",
      hint: rows == 0 ? nil : "drop the column, or impute it with all_missing: constant")
  }
}

extension RunContext {
  /// Says that the run can't go on because of the first missing row, if there is one.
  func failMissing(
    _ column: Column, of block: Block,
    hint: String = "impute it first, or choose another 'missing:'"
  ) {
    guard column.missing.any else { return }
    let row = (0..<column.count).first { column.missing[$0] && block.removed?[$0] != true }
    guard let row else { return }
    fail(
      row, of: block, .unseen, "expected a value, found a missing one", hint: hint)
  }
}
