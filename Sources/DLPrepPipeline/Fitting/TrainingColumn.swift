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
