import DLPrepBytes
package import DLPrepData

/// What a column of the training data looked like as read: what drift is measured against.
///
/// Dates are numbers here: days from 1970-01-01, and microseconds from its midnight in UTC for
/// timestamps.
package struct ColumnProfile: SavedByFields {
  /// The column.
  package var column = ""
  /// How many training rows there were.
  package var count = 0
  /// How many of them were missing.
  package var missing = 0
  /// The smallest number.
  package var minimum: Double?
  /// The largest number.
  package var maximum: Double?
  /// The mean of the numbers.
  package var mean: Double?
  /// Their population standard deviation.
  package var deviation: Double?
  /// The nine deciles of the numbers.
  package var deciles: [Double] = []
  /// The most frequent categories, at most 20.
  package var categories = ByteStrings()
  /// The share of each of them among the rows that are not missing.
  package var shares: [Double] = []

  package init() {}

  package static let fields: [SavedField<Self>] = [
    .init("column", \.column), .init("count", \.count), .init("missing", \.missing),
    .init("min", \.minimum), .init("max", \.maximum), .init("mean", \.mean),
    .init("sd", \.deviation), .init("deciles", \.deciles), .init("categories", \.categories),
    .init("shares", \.shares),
  ]

  /// Describes every column of the training data; free text and ids are only counted.
  static func all(of table: TrainingTable, _ threads: Int) throws(PrepError) -> [ColumnProfile] {
    let context = FitContext(table.cache, table.rows, nil)
    let results = try Fit.inParallel(table.columns, threads) { column in
      Result { () throws(PrepError) in try ColumnProfile(of: column, context) }
    }
    var profiles: [ColumnProfile] = []
    for result in results { profiles.append(try result.get()) }
    return profiles
  }

  private init(of column: TrainingColumn, _ context: FitContext) throws(PrepError) {
    let answering = Answering(context, column)
    self.column = column.field.name
    var known = Answers()
    let deciles = (1...9).map { Statistic.quantile(Double($0) / 10, .linear) }
    switch column.field.type {
    case .integer, .float, .date, .timestamp:
      try answering.answer([.count, .extremes, .moments] + deciles, into: &known)
      guard known.moments.count > 0 else { break }
      (minimum, maximum) = (known.extremes.min, known.extremes.max)
      mean = known.moments.mean
      deviation = known.moments.variance.squareRoot()
      self.deciles = deciles.map { known.number($0) }
    case .category, .bool:
      try answering.answer([.count, .categories], into: &known)
      let counts = known.categories
      let total = Double(max(1, counts.total))
      let order = counts.counts.indices.sorted {
        (counts.counts[$1], $0) < (counts.counts[$0], $1)
      }
      for i in order.prefix(20) {
        categories.append(counts.values, i)
        shares.append(Double(counts.counts[i]) / total)
      }
    case .text, .vector:
      try answering.answer([.count], into: &known)
    }
    count = known.count.rows
    missing = known.count.missing
  }
}
