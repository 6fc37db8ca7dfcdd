public import DLPrepData
public import DLPrepPipeline

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Centers and scales by quantiles, and bends what is far out softly towards a bound.
///
/// ```yaml
/// - squash: {columns: income, bound: 3}
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
/// -0.9486832980505138
/// -0.4931969619160718
/// 0.0
/// 0.4931969619160718
/// 2.994277230905889
/// ```
/// It learns the median and the distance d of the two quantiles, exactly; z = (x - median) / d
/// becomes z / √(1 + (z / bound)²), so that nothing lies beyond ±bound and the order stays. Where
/// the quantiles coincide, d is half of the range; a constant column becomes 0. Missing values stay
/// missing. Same as skrub `SquashingScaler`, whose `quantile_range` is in percent. Cost: exact
/// quantiles.
public struct Squash: ColumnStage {
  /// The key in pipeline files.
  public static let name = "squash"
  /// One sentence for listings.
  public static let summary = "Scales by quantiles and bends what is far out towards a bound."
  /// What others call it.
  public static let otherNames = ["SquashingScaler", "soft_clip"]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.scaler
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .numeric
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("quantiles", \.quantiles, "The two quantiles, as shares."),
    .init("bound", \.bound, "What no result goes beyond."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [Self(), Self(.numeric) { ($0.quantiles, $0.bound) = ([0.1, 0.6], 1.5) }]
  }
  /// The keys that stages share.
  public var common = Common()
  /// The two quantiles, as shares.
  public var quantiles: [Double] = [0.25, 0.75]
  /// What no result goes beyond.
  public var bound = 3.0
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .lossy("numbers far out come back with few digits") }

  /// Median and distance.
  public struct Learned: SavedByFields {
    /// What is subtracted.
    public var center = 0.0
    /// What is divided by.
    public var scale = 1.0
    /// Whether the training rows had one value only.
    public var isConstant = false
    /// Everything at its default.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("center", \.center), .init("scale", \.scale), .init("constant", \.isConstant),
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
    if !(bound > 0) {
      throw PrepError(.value, "'bound': expected a number above 0, found \(bound)")
    }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] {
    [.count, .extremes, .quantile(0.5, .midpoint)] + quantiles.map { .quantile($0, .linear) }
  }
  /// What it learns of the column.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> Learned {
    try answers.requireValues(of: field)
    let (least, most) = answers.extremes
    let low = answers.number(.quantile(quantiles[0], .linear))
    let high = answers.number(.quantile(quantiles[1], .linear))
    var learned = Learned()
    learned.center = answers.number(.quantile(0.5, .midpoint))
    learned.isConstant = least == most
    if !learned.isConstant {
      // skrub keeps the range above 0 by the smallest normal number of float32.
      let half = (most - least + Double(Float.leastNormalMagnitude)) / 2
      learned.scale = low == high ? half : nonzeroScale(high - low)
    }
    try requireFinite(learned.center, learned.scale, of: field)
    return learned
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Learned?) -> [Output] { [.same(.float)] }
  /// Opens the work.
  public func kernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel {
    let (center, scale, bound) = (learned.center, learned.scale, bound)
    let isConstant = learned.isConstant
    let work = unsafe floatKernel(slots) { numbers in
      for i in 0..<numbers.count {
        let z = unsafe (numbers[i] - center) / scale
        if z.isInfinite {
          unsafe numbers[i] = z < 0 ? -bound : bound
        } else {
          unsafe numbers[i] = isConstant ? 0 : z / hypot(1, z / bound)
        }
      }
    }
    guard isConstant else { return work }
    return { block, run in
      if run.mode == .training { run.count("constant", block.count) }
      work(block, run)
    }
  }
  /// Opens the way back.
  public func inverseKernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel? {
    let (center, scale, bound) = (learned.center, learned.scale, bound)
    return inverseFloats(slots) { y in
      let share = y / bound
      // The largest of all numbers stands for all that came to the bound.
      if abs(share) >= 1 {
        return share.sign == .minus ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude
      }
      return y / ((1 - share) * (1 + share)).squareRoot() * scale + center
    }
  }
}
