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

  /// What stands in the column's place after a step that made columns of it, the original first
  /// where it stays.
  func followed(
    by made: [TrainingColumn], keepsOriginal: Bool, _ address: String
  ) -> [TrainingColumn] {
    let name = field.name
    if keepsOriginal { actedOn.insert(address) }
    for column in made {
      // A column beside it, such as an indicator, has a history of its own.
      if column.field.name == name {
        column.actedOn = actedOn.union([address])
        column.madeBy = madeBy
      }
      column.madeBy.insert(address)
    }
    return (keepsOriginal ? [self] : []) + made
  }
}
