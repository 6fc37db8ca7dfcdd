import DLPrepData

/// What a fit has shown of its data, as far as lints have to know.
///
/// Suspects are looked for in the training rows as read; what came of them is known after the fit.
struct LintEvidence: Sendable {
  /// The pipeline.
  let pipeline: Pipeline
  /// Input columns that say the same as the target, with how that was told.
  var copies: [(column: String, reason: String)] = []
  /// Input categories of which nearly every row has its own, with their numbers.
  var nearlyUnique: [(column: String, distinct: Int, rows: Int)] = []
  /// The columns after the last step.
  var output: [Field] = []
  /// The inputs that are free text.
  var texts: Set<String> = []
  /// The training rows after the last step.
  var rows = 0
  /// For each step, the columns that it was fitted on.
  var columns: [[String]] = []

  /// Looks for suspects before anything is done.
  init(_ pipeline: Pipeline, _ table: TrainingTable) throws(PrepError) {
    self.pipeline = pipeline
    if pipeline.steps.isEmpty { return }
    texts = Set(table.columns.map(\.field).filter { $0.type == .text }.map(\.name))
    let features = table.columns.filter { $0.field.role == .feature }
    let target = table.columns.first { $0.field.role == .target }
    if let target {
      let twins = TargetTwins(target, table)
      for column in features {
        if let reason = try twins.reason(column) { copies.append((column.field.name, reason)) }
      }
    }
    let encodes = pipeline.steps.contains { $0.stage.purposes.contains(.encodes) }
    for column in features where encodes && column.field.type.isTextual {
      guard let counts = try table.nearlyUnique(column) else { continue }
      nearlyUnique.append((column.field.name, counts.distinct, counts.rows))
    }
  }

  /// Takes down what came of the fit.
  mutating func conclude(_ fit: Fit) {
    output = fit.table.columns.map(\.field)
    rows = fit.table.rows.trainCount
    columns = fit.steps.map(\.columns)
  }

  /// The number of the step that has this address.
  func step(_ address: String?) -> Int? {
    pipeline.steps.firstIndex { $0.address == address }
  }
}
