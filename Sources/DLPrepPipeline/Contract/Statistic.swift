/// A question about one column as it stands: data, not code, so that the engine alone decides how
/// to answer it (in memory or from disk, in one sweep or four, on one thread or many).
///
/// Every answer is exact and the same for any partition of the rows.
public enum Statistic: Hashable, Sendable {
  /// How many rows there are and how many are missing.
  case count
  /// The smallest and the largest number.
  case extremes
  /// Number, mean and population variance of the numbers.
  case moments
  /// The sum of the numbers, rounded once.
  case sum
  /// An order statistic of the numbers.
  case quantile(Double, Interpolation)
  /// An order statistic of the distances from a number: `midpoint` at 0.5, else `linear`.
  case deviationQuantile(Double, from: Double)
  /// How many distinct values there are, counted no further than a limit.
  case distinct(upTo: Int)
  /// Every distinct value as bytes, sorted, with its count.
  case categories
  /// Every distinct number, sorted, with its count.
  case distribution
  /// The slope in λ of a power transform's log-likelihood, for each value.
  case powerScore(PowerFit)
  /// Number, mean and population variance of what a power transform makes of the numbers.
  case powerMoments(PowerCurve)
  /// Every distinct term of the texts, sorted, with its counts.
  case terms(Tokenizer)
  /// Sums of the target for each distinct value and fold; of a class target, of its class
  /// `label` (1 where it is the row's class, else 0).
  case byCategory(Folds, label: Int?)
  /// A statistic of each group's rows, by the stage's `groupColumns`: not an order of groups
  /// within groups, and nothing that looks at the target.
  indirect case grouped(Statistic)
  /// A statistic by the rows' weights, for a pipeline that has some (`Answers.hasWeights`): moments,
  /// extremes of the rows with a weight above 0, the distribution, and quantiles, of which `lower`
  /// is the first number at which the weights reach the share.
  indirect case weighted(Statistic)
  /// For each training row, the target over other rows of its category; `label` as above.
  case byOthers(OtherRows, label: Int?)
}

/// How rows fall into folds.
public enum Folds: Hashable, Sendable {
  /// By a hash of a column as read, or of the row's number.
  case hashed(Int, key: String?)
  /// By the values of a column, which are taken as fold numbers in their order.
  case given(String)
}
