import DLPrepData

/// Which records the training and test rows of each part are.
struct TrainingRows: Sendable {
  /// The training rows of each part.
  var train: [Rows]
  /// The test rows of each part.
  var test: [Rows]

  /// How many training rows there are.
  var trainCount: Int { train.reduce(0) { $0 + $1.count } }
}
