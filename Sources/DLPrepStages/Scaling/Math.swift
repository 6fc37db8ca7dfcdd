public import DLPrepData
public import DLPrepPipeline

/// Applies a function, such as a logarithm or a square root, to each number.
///
/// ```yaml
/// - math: {columns: price, function: log10, offset: 1}
/// ```
/// ```csv
/// price
/// 9
/// 999
/// -5
/// ```
/// becomes
/// ```csv
/// price
/// 1.0
/// 3.0
/// ""
/// ```
/// `offset` is added before. `base` is that of `log` (log x / log base) and of `exp` (base^x); both
/// are natural without it. The other functions: `log2`, `log10`, `log1p` = log(1 + x), `expm1` =
/// e^x - 1, `sqrt`, `square`, `cbrt`, `reciprocal` = 1/x, `abs`, `sinh`, `asinh`, `tanh`, `sigmoid`
/// = 1/(1 + e^-x), `logit` = log(x/(1 - x)), `arcsine` = asin √x. A number that the function has no
/// finite value for becomes missing and is counted, or is an error with `missing: error`. Missing
/// values stay missing. It learns nothing. Same as numpy. Cost: none at fit.
public struct Math: ColumnStage {
  /// The key in pipeline files.
  public static let name = "math"
  /// One sentence for listings.
  public static let summary = "Applies a function, such as a logarithm, to each number."
  /// What others call it.
  public static let otherNames = [
    "LogTransformer", "LogCpTransformer", "ReciprocalTransformer",
    "ArcsinTransformer", "ArcSinhTransformer", "FunctionTransformer", "step_log", "step_sqrt",
    "step_inverse", "step_logit", "step_hyperbolic", "log1p", "sqrt",
  ]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.scaler
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .numeric
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("function", \.function, "Which function."),
    .init("offset", \.offset, "What is added to each number before."),
    .init("base", \.base, "The base of log and exp; e without it."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(.numeric) { ($0.function, $0.offset) = (.log1p, 0.5) },
      Self(.glob("p*")) { ($0.function, $0.base) = (.log, 2) },
      Self(.numeric) { ($0.function, $0.base) = (.exp, 0.5) },
      Self(.glob("p*")) { $0.function = .reciprocal }, Self(.numeric) { $0.function = .sigmoid },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// Which function.
  public var function: MathFunction?
  /// What is added to each number before.
  public var offset = 0.0
  /// The base of `log` and `exp`.
  public var base: Double?
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { function?.inverse ?? .none }

  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    try refuse(.category, .ignore)
    guard let function else {
      throw PrepError(
        .value, "expected a 'function', found none", hint: "function: log1p, for example")
    }
    guard let base else { return }
    if function != .log && function != .exp {
      throw PrepError(
        .value, "expected no 'base' with '\(function.rawValue)'", hint: "log and exp take one")
    }
    if !(base > 0) || base == 1 {
      throw PrepError(.value, "'base': expected a number above 0 other than 1, found \(base)")
    }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Nothing?) -> [Output] { [.same(.float)] }
  /// Opens the work.
  public func kernel(_ learned: Nothing, for field: Field, _ slots: Slots) -> Kernel {
    guard let function else { return { _, _ in } }
    let apply = function.function(base: base)
    let offset = offset
    let expected = function.domain + (offset == 0 ? "" : " with \(offset) added")
    return domainKernel(slots, expecting: expected) { apply($0 + offset) }
  }
  /// Opens the way back.
  public func inverseKernel(_ learned: Nothing, for field: Field, _ slots: Slots) -> Kernel? {
    guard let inverse = function?.inverseFunction(base: base) else { return nil }
    let (offset, isExact) = (offset, self.inverse == .exact)
    let most = Double.greatestFiniteMagnitude
    return inverseFloats(slots) { result in
      let number = inverse(result)
      // What came to a bound comes back as the number farthest out.
      return (isExact || number.isNaN ? number : min(max(number, -most), most)) - offset
    }
  }
}
