import DLPrepData

/// How much each training row counts, for stages that mind it.
final class RowWeights: Sendable {
  /// The weights of each part's rows.
  let train: [[Double]]
  /// The weights of all rows.
  var all: [Double] { Array(train.joined()) }

  /// Takes the weights down; a row without one, or with one below 0, is an error.
  init(
    _ column: TrainingColumn, _ rows: TrainingRows, _ cache: ColumnCache
  ) throws(PrepError) {
    let name = column.field.name
    guard column.field.type.isNumeric else {
      throw PrepError(
        .type,
        "expected numbers as weights, found column '\(name)' of type "
          + column.field.type.name, hint: "declare it as float or integer")
    }
    var train: [[Double]] = []
    for (part, cached) in column.train.enumerated() {
      let data = try cache.fetch(cached)
      let weights = data.numbers()
      let missing = data.missing
      try cache.settle(cached)
      let wrong = weights.indices.first {
        missing[$0] || !(weights[$0] >= 0 && weights[$0].isFinite)
      }
      if let row = wrong {
        let found = missing[row] ? "a missing one" : "\(weights[row])"
        throw PrepError(
          .fit, "expected a weight from 0 in column '\(name)', found \(found)",
          hint: "fill or filter such rows before", record: rows.train[part][row],
          column: column.field.sources.first)
      }
      train.append(weights)
    }
    guard train.contains(where: { $0.contains { $0 > 0 } }) else {
      throw PrepError(.fit, "expected a weight above 0 in column '\(name)', found none")
    }
    self.train = train
  }
}
