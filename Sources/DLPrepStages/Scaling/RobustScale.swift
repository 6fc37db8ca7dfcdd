public import DLPrepData
public import DLPrepPipeline

/// Subtracts the median and divides by the distance of two quantiles.
///
/// ```yaml
/// - robust_scale: {columns: income}
/// ```
/// ```csv
/// income
/// 1
/// 2
/// 3
/// 4
/// 100
/// ```
/// becomes
/// ```csv
/// income
/// -1.0
/// -0.5
/// 0.0
/// 0.5
/// 48.5
/// ```
/// It learns the median and the distance of the quantiles, exactly. Missing values stay missing; a
/// column whose quantiles coincide is only centered. Same as scikit-learn `RobustScaler`, whose
/// `quantile_range` is in percent. With `by`, the rows of each group go by their own quantiles; those
/// of a group without any value, or unseen at fit, by those of all rows. Cost: exact quantiles; with
/// `by` the column in memory.
public struct RobustScale: ColumnStage {
  /// The key in pipeline files.
  public static let name = "robust_scale"
  /// One sentence for listings.
  public static let summary = "Subtracts the median and divides by the distance of two quantiles."
  /// What others call it.
  public static let otherNames = ["RobustScaler"]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.scaler
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .numeric
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("quantiles", \.quantiles, "The two quantiles, as shares."),
    .init("unit_variance", \.unitVariance, "Whether normal data come out with variance 1."),
    .init("by", \.groupColumns, "The columns that tell groups of rows apart."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(.numeric) { ($0.quantiles, $0.unitVariance) = ([0.1, 0.9], true) },
      Self(["f", "i"]) { $0.groupColumns = ["b"] },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// The two quantiles, as shares.
  public var quantiles: [Double] = [0.25, 0.75]
  /// Whether the distance is divided by that of the normal distribution.
  public var unitVariance = false
  /// The columns that tell groups of rows apart.
  public var groupColumns: [String] = []
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .exact }

  /// Median and distance.
  public struct Scale: SavedByFields {
    /// What is subtracted.
    public var center = 0.0
    /// What is divided by.
    public var scale = 1.0
    /// Everything at its default.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("center", \.center), .init("scale", \.scale),
    ]
  }

  /// It brings numbers to a scale.
  public var purposes: Purposes { .scales }
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    try refuse(.category, .ignore)
    guard quantiles.count == 2, quantiles[0] >= 0, quantiles[0] < quantiles[1], quantiles[1] <= 1
    else {
      throw PrepError(
        .value, "'quantiles': expected two rising shares from 0 to 1, found \(quantiles)")
    }
    if unitVariance && (quantiles[0] == 0 || quantiles[1] == 1) {
      throw PrepError(
        .value, "'quantiles': expected shares inside of 0 and 1 with 'unit_variance'")
    }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] {
    asked([.count, .quantile(0.5, .midpoint)] + quantiles.map { .quantile($0, .linear) })
  }
  /// What it learns of the column.
  public func learned(
    from answers: Answers, for field: Field
  ) throws(PrepError)
    -> GroupScales<Scale>
  {
    try scales(from: answers, for: field) { answers throws(PrepError) in
      try scale(from: answers, for: field)
    }
  }

  private func scale(from answers: Answers, for field: Field) throws(PrepError) -> Scale {
    let low = answers.number(.quantile(quantiles[0], .linear))
    let high = answers.number(.quantile(quantiles[1], .linear))
    var learned = Scale()
    learned.center = answers.number(.quantile(0.5, .midpoint))
    learned.scale = nonzeroScale(high - low)
    if unitVariance {
      learned.scale /= normalQuantile(quantiles[1]) - normalQuantile(quantiles[0])
    }
    try requireFinite(learned.center, learned.scale, of: field)
    return learned
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: GroupScales<Scale>?) -> [Output] {
    [.same(.float)]
  }
  /// Opens the work.
  public func kernel(_ learned: GroupScales<Scale>, for field: Field, _ slots: Slots) -> Kernel {
    guard learned.groups.isEmpty else {
      return scaleKernel(learned.keys, learned.known, slots) { ($0 - $1.center) / $1.scale }
    }
    let (center, scale) = (learned.center, learned.scale)
    return unsafe floatKernel(slots) { numbers in
      for i in 0..<numbers.count { unsafe numbers[i] = (numbers[i] - center) / scale }
    }
  }
  /// Opens the way back.
  public func inverseKernel(
    _ learned: GroupScales<Scale>, for field: Field, _ slots: Slots
  ) -> Kernel? {
    inverseKernel(by: learned, slots) { $0 * $1.scale + $1.center }
  }
}
