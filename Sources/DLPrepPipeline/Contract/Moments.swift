public import DLPrepData

/// Number, mean and spread of some numbers, each rounded once from exact sums.
public struct Moments: Sendable, Equatable {
  /// How many there are.
  public var count: Int
  /// Their mean; 0 where there are none.
  public var mean: Double
  /// Their population variance; 0 where there are none.
  public var variance: Double
  /// The sum of their weights; their number where they have none.
  public var weight: Double

  /// Puts together what is known of some numbers.
  public init(count: Int, mean: Double, variance: Double) {
    self.count = count
    self.mean = mean
    self.variance = variance
    weight = Double(count)
  }

  /// Puts together what is known of numbers with weights.
  public init(count: Int, mean: Double, variance: Double, weight: Double) {
    self.count = count
    self.mean = mean
    self.variance = variance
    self.weight = weight
  }
}

/// Moments of the target for each category of a column: over all training rows, and over those
/// outside of each fold, so that a row's own target never reaches its own encoding.
public struct CategoryTargets: Sendable, Equatable {
  /// The moments over one set of rows.
  public struct Part: Sendable, Equatable {
    /// Over all of its rows.
    public var prior: Moments
    /// Over the rows whose category is missing.
    public var missing: Moments
    /// For each category, in the order of `values`.
    public var categories: [Moments]

    /// Puts the moments of a set of rows together.
    public init(prior: Moments, missing: Moments, categories: [Moments]) {
      self.prior = prior
      self.missing = missing
      self.categories = categories
    }
  }

  /// The categories, sorted by bytes.
  public var values: ByteStrings
  /// Over all training rows.
  public var whole: Part
  /// For each fold: over the training rows outside of it.
  public var outside: [Part]

  /// Puts the parts together.
  public init(values: ByteStrings, whole: Part, outside: [Part]) {
    self.values = values
    self.whole = whole
    self.outside = outside
  }
}
