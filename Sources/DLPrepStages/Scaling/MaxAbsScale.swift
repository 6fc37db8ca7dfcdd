public import DLPrepData
public import DLPrepPipeline

/// Divides by the largest magnitude, so that zero stays zero.
///
/// ```yaml
/// - maxabs_scale: {columns: change}
/// ```
/// ```csv
/// change
/// -4
/// 0
/// 2
/// ```
/// becomes
/// ```csv
/// change
/// -1.0
/// 0.0
/// 0.5
/// ```
/// It learns the largest magnitude. Missing values stay missing; a column of zeros stays as it is.
/// Same as scikit-learn `MaxAbsScaler`. With `by`, the rows of each group go by their own magnitude;
/// those of a group without any value, or unseen at fit, by that of all rows. Cost: one sweep; with
/// `by` the column in memory.
public struct MaxAbsScale: ColumnStage {
  /// The key in pipeline files.
  public static let name = "maxabs_scale"
  /// One sentence for listings.
  public static let summary = "Divides by the largest magnitude."
  /// What others call it.
  public static let otherNames = ["MaxAbsScaler"]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.scaler
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .numeric
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("clip", \.clip, "Whether new numbers are kept within -1 and 1."),
    .init("by", \.groupColumns, "The columns that tell groups of rows apart."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(.numeric) { $0.clip = true },
      Self(["f", "i"]) { $0.groupColumns = ["l", "b"] },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// Whether new numbers are kept within -1 and 1.
  public var clip = false
  /// The columns that tell groups of rows apart.
  public var groupColumns: [String] = []
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { clip ? .lossy("numbers beyond the bounds stay at them") : .exact }
  /// It brings numbers to a scale.
  public var purposes: Purposes { .scales }
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) { try refuse(.category, .ignore) }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] { asked([.count, .extremes]) }
  /// What it learns of the column.
  public func learned(
    from answers: Answers, for field: Field
  ) throws(PrepError)
    -> GroupScales<Double>
  {
    try scales(from: answers, for: field) { answers in
      let (low, high) = answers.extremes
      return nonzeroScale(max(abs(low), abs(high)))
    }
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: GroupScales<Double>?) -> [Output] {
    [.same(.float)]
  }
  /// Opens the work.
  public func kernel(_ learned: GroupScales<Double>, for field: Field, _ slots: Slots) -> Kernel {
    let bound = clip ? 1 : Double.infinity
    guard learned.groups.isEmpty else {
      return scaleKernel(learned.keys, learned.known, slots) { min(max($0 / $1, -bound), bound) }
    }
    let most = learned.all
    return unsafe floatKernel(slots) { numbers in
      for i in 0..<numbers.count {
        unsafe numbers[i] = min(max(numbers[i] / most, -bound), bound)
      }
    }
  }
  /// Opens the way back.
  public func inverseKernel(
    _ learned: GroupScales<Double>, for field: Field, _ slots: Slots
  ) -> Kernel? {
    inverseKernel(by: learned, slots) { $0 * $1 }
  }
}
