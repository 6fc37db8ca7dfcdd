public import DLPrepData
public import DLPrepPipeline

/// Subtracts the mean and divides by the standard deviation.
///
/// ```yaml
/// - standardize: {columns: size}
/// ```
/// ```csv
/// size
/// 1
/// 3
/// 5
/// 7
/// ```
/// becomes
/// ```csv
/// size
/// -1.3416407864998738
/// -0.4472135954999579
/// 0.4472135954999579
/// 1.3416407864998738
/// ```
/// It learns the mean and the standard deviation, each rounded once from exact sums. Missing values
/// stay missing. A constant column is only centered (scikit-learn's rule: variance at most
/// n·ε·variance + (n·mean·ε)²), and its training rows are counted as `constant`. Same as
/// scikit-learn `StandardScaler`. With `by`, the rows of each group go by their own mean and
/// deviation; those of a group without any value, or unseen at fit, by those of all rows. Where the
/// rows have weights (role `weight`), mean and variance are weighted as scikit-learn's
/// `sample_weight` does it; with `ddof: 1` a weight counts as so many rows. Cost: one sweep, with
/// weights two; with `by` the column in memory.
public struct Standardize: ColumnStage {
  /// The key in pipeline files.
  public static let name = "standardize"
  /// One sentence for listings.
  public static let summary = "Subtracts the mean and divides by the standard deviation."
  /// What others call it.
  public static let otherNames = [
    "StandardScaler", "z-score", "zscore", "step_normalize", "scale", "normalize",
  ]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.scaler
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .numeric
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("center", \.center, "Whether the mean is subtracted."),
    .init("scale", \.scale, "Whether it is divided by the standard deviation."),
    .init("ddof", \.ddof, in: 0...1, "What is taken from n: 0 population, 1 sample."),
    .init("by", \.groupColumns, "The columns that tell groups of rows apart."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(.numeric) { ($0.center, $0.ddof) = (false, 1) },
      Self(.numeric) { $0.scale = false },
      Self(["f", "i"]) { $0.groupColumns = ["a", "l"] },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// Whether the mean is subtracted.
  public var center = true
  /// Whether it is divided by the standard deviation.
  public var scale = true
  /// What is taken from the number of values before dividing by it.
  public var ddof = 0
  /// The columns that tell groups of rows apart.
  public var groupColumns: [String] = []
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .exact }

  /// Mean and standard deviation.
  public struct Learned: SavedByFields {
    /// What is subtracted.
    public var mean = 0.0
    /// What is divided by.
    public var scale = 1.0
    /// Whether the training rows had one value only.
    public var isConstant = false
    /// The same for each group.
    public var groups: [Learned] = []
    /// The groups.
    public var keys = GroupKeys()
    /// Everything at its default.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("mean", \.mean), .init("scale", \.scale), .init("constant", \.isConstant),
      .init("groups", \.groups), .init("keys", \.keys),
    ]
  }

  /// It goes by the rows' weights.
  public var usesWeights: Bool { true }
  /// It brings numbers to a scale.
  public var purposes: Purposes { .scales }
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    try refuse(.category, .ignore)
    if !center && !scale {
      throw PrepError(.value, "expected 'center' or 'scale' to be true, found neither")
    }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] {
    asked([.count, known.byWeight(.moments)])
  }
  /// What it learns of the column.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> Learned {
    let statistic = answers.byWeight(.moments)
    let least = Double(ddof)
    let scales = try scales(
      from: answers, for: field, isKnown: { $0.moments(statistic).weight > least },
      learn: { answers throws(PrepError) in
        try self.learned(from: answers.moments(statistic), for: field)
      })
    var learned = scales.all
    (learned.groups, learned.keys) = (scales.groups, scales.keys)
    return learned
  }

  private func learned(from moments: Moments, for field: Field) throws(PrepError) -> Learned {
    try requireWeight(of: field, moments)
    let n = moments.weight
    var learned = Learned()
    if center { learned.mean = moments.mean }
    learned.isConstant = moments.isConstant
    if scale && !learned.isConstant {
      let variance = ddof == 0 ? moments.variance : moments.variance * (n / (n - 1))
      learned.scale = variance.squareRoot()
    }
    try requireFinite(moments.mean, moments.variance, learned.scale, of: field)
    return learned
  }
  /// Whether it can have been learned.
  public func check(_ loaded: Learned, for field: Field) throws(PrepError) {
    try requireLearned(loaded.groups.count == loaded.keys.count, "a mean for each group")
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Learned?) -> [Output] { [.same(.float)] }
  /// Opens the work.
  public func kernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel {
    let (mean, scale) = (learned.mean, learned.scale)
    guard learned.groups.isEmpty else {
      let known = ([learned] + learned.groups).map { (mean: $0.mean, scale: $0.scale) }
      return scaleKernel(learned.keys, known, slots) { ($0 - $1.mean) / $1.scale }
    }
    let work = unsafe floatKernel(slots) { numbers in
      for i in 0..<numbers.count { unsafe numbers[i] = (numbers[i] - mean) / scale }
    }
    guard learned.isConstant else { return work }
    return { block, run in
      if run.mode == .training { run.count("constant", block.count) }
      work(block, run)
    }
  }
  /// Opens the way back.
  public func inverseKernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel? {
    guard learned.groups.isEmpty else {
      return groupKernel(learned.keys, [learned] + learned.groups, slots) {
        $0 * $1.scale + $1.mean
      }
    }
    return inverseFloats(slots) { $0 * learned.scale + learned.mean }
  }
}
