import DLPrepData

/// Which records the training and test rows of each part are.
struct TrainingRows: Sendable {
  /// The training rows of each part.
  var train: [Rows]
  /// The test rows of each part.
  var test: [Rows]

  /// Whether any row is a test row.
  var hasTests: Bool { test.contains { $0.count > 0 } }

  /// How many training rows there are.
  var trainCount: Int { train.reduce(0) { $0 + $1.count } }
}
