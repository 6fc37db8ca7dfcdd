public import DLPrepData
public import DLPrepPipeline

/// Limits numbers to a range.
///
/// ```yaml
/// - clip: {columns: age, min: 0, max: 100}
/// ```
/// ```csv
/// age
/// -3
/// 42
/// 130
/// ```
/// becomes
/// ```csv
/// age
/// 0.0
/// 42.0
/// 100.0
/// ```
/// It learns nothing. Missing values stay missing. Same as numpy `clip`. Cost: none at fit.
public struct Clip: ColumnStage {
  /// The key in pipeline files.
  public static let name = "clip"
  /// One sentence for listings.
  public static let summary = "Limits numbers to a range."
  /// What others call it.
  public static let otherNames = ["clamp", "bound", "step_range"]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.scaler
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .numeric
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("min", \.min, "Numbers below this become this."),
    .init("max", \.max, "Numbers above this become this."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [Self(.numeric) { ($0.min, $0.max) = (2, 9.5) }, Self(.numeric) { $0.max = -1 }]
  }
  /// The keys that stages share.
  public var common = Common()
  /// The lower bound.
  public var min: Double?
  /// The upper bound.
  public var max: Double?
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .lossy("numbers beyond the limits stay at them") }

  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    try refuse(.category, .ignore)
    if min == nil && max == nil {
      throw PrepError(.value, "expected 'min' or 'max', found neither")
    }
    if let min, let max, min > max {
      throw PrepError(.value, "expected 'min' up to 'max', found \(min) and \(max)")
    }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Nothing?) -> [Output] { [.same(.float)] }
  /// Opens the work.
  public func kernel(_ learned: Nothing, for field: Field, _ slots: Slots) -> Kernel {
    let (low, high) = (min ?? -.infinity, max ?? .infinity)
    return unsafe floatKernel(slots) { numbers in
      for i in 0..<numbers.count {
        unsafe numbers[i] = Swift.min(Swift.max(numbers[i], low), high)
      }
    }
  }
}
