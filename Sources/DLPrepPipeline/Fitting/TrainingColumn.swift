import DLPrepData

/// A column of the training data on its way through the steps: training rows and test rows apart,
/// so that no statistic can see a test row.
final class TrainingColumn: @unchecked Sendable {
  /// What it is.
  var field: Field
  /// Its training rows, part by part.
  var train: [CachedColumn]
  /// Its test rows, part by part.
  var test: [CachedColumn]
  /// The addresses of steps that acted on it.
  var actedOn: Set<String> = []
  /// The addresses of steps that made it.
  var madeBy: Set<String> = []

  init(_ field: Field, train: [CachedColumn], test: [CachedColumn]) {
    self.field = field
    self.train = train
    self.test = test
  }
}

/// The training data: parts of rows, and the columns as they now stand.
struct TrainingRows {
  /// The training rows of each part.
  var train: [Rows]
  /// The test rows of each part.
  var test: [Rows]

  /// How many training rows there are.
  var trainCount: Int { train.reduce(0) { $0 + $1.count } }
}
