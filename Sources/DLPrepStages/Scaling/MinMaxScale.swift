public import DLPrepData
public import DLPrepPipeline

/// Maps the smallest number of a column to one bound and the largest to another.
///
/// ```yaml
/// - minmax_scale: {columns: age, range: [0, 1]}
/// ```
/// ```csv
/// age
/// 20
/// 30
/// 60
/// ```
/// becomes
/// ```csv
/// age
/// 0.0
/// 0.25
/// 1.0
/// ```
/// It learns the extremes. Missing values stay missing. A constant column becomes the lower bound;
/// new numbers outside the extremes go beyond the bounds unless `clip` is set. Same as
/// scikit-learn `MinMaxScaler`. With `by`, the rows of each group go by their own extremes; those of a
/// group without any value, or unseen at fit, by those of all rows. Cost: one sweep; with `by` the
/// column in memory.
public struct MinMaxScale: ColumnStage {
  /// The key in pipeline files.
  public static let name = "minmax_scale"
  /// One sentence for listings.
  public static let summary = "Maps the extremes of a column to the bounds of a range."
  /// What others call it.
  public static let otherNames = ["MinMaxScaler", "step_range", "normalize", "rescale"]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.scaler
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .numeric
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("range", \.range, "The lower and the upper bound of the result."),
    .init("clip", \.clip, "Whether new numbers are kept within the bounds."),
    .init("by", \.groupColumns, "The columns that tell groups of rows apart."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(.numeric) { ($0.range, $0.clip) = ([-1, 1], true) },
      Self(["f", "i"]) { ($0.groupColumns, $0.clip) = (["a"], true) },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// The lower and the upper bound of the result.
  public var range: [Double] = [0, 1]
  /// Whether new numbers are kept within the bounds.
  public var clip = false
  /// The columns that tell groups of rows apart.
  public var groupColumns: [String] = []
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { clip ? .lossy("numbers beyond the bounds stay at them") : .exact }

  /// The factor and the summand.
  public struct Scale: SavedByFields {
    /// What a number is multiplied by.
    public var scale = 1.0
    /// What is added then.
    public var offset = 0.0
    /// Everything at its default.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("scale", \.scale), .init("offset", \.offset),
    ]
  }

  /// It brings numbers to a scale.
  public var purposes: Purposes { .scales }
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    try refuse(.category, .ignore)
    guard range.count == 2, range[0] < range[1] else {
      throw PrepError(.value, "'range': expected two rising numbers, found \(range)")
    }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] { asked([.count, .extremes]) }
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
    let (low, high) = answers.extremes
    var learned = Scale()
    learned.scale = (range[1] - range[0]) / nonzeroScale(high - low)
    learned.offset = range[0] - low * learned.scale
    try requireFinite(high - low, learned.scale, learned.offset, of: field)
    return learned
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: GroupScales<Scale>?) -> [Output] {
    [.same(.float)]
  }
  /// Opens the work.
  public func kernel(_ learned: GroupScales<Scale>, for field: Field, _ slots: Slots) -> Kernel {
    let low = clip ? range[0] : -.infinity
    let high = clip ? range[1] : .infinity
    guard learned.groups.isEmpty else {
      return scaleKernel(learned.keys, learned.known, slots) {
        min(max($0 * $1.scale + $1.offset, low), high)
      }
    }
    let (scale, offset) = (learned.scale, learned.offset)
    return unsafe floatKernel(slots) { numbers in
      for i in 0..<numbers.count {
        unsafe numbers[i] = min(max(numbers[i] * scale + offset, low), high)
      }
    }
  }
  /// Opens the way back.
  public func inverseKernel(
    _ learned: GroupScales<Scale>, for field: Field, _ slots: Slots
  ) -> Kernel? {
    inverseKernel(by: learned, slots) { ($0 - $1.offset) / $1.scale }
  }
}
