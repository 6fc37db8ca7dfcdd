public import DLPrepData
public import DLPrepPipeline

/// Bends numbers by the power that makes them most like a normal distribution.
///
/// ```yaml
/// - power_transform: {columns: income}
/// ```
/// ```csv
/// income
/// 1
/// 2
/// 3
/// 5
/// 40
/// ```
/// becomes
/// ```csv
/// income
/// -1.3784656378587303
/// -0.5575438168807638
/// -0.09665467428892391
/// 0.4189320642131426
/// 1.6137320648152746
/// ```
/// Yeo-Johnson takes any number, Box-Cox those above 0. It learns λ of greatest likelihood within
/// `bounds`, and mean and standard deviation of what comes of it. Same as scikit-learn
/// `PowerTransformer`, but that λ is where the slope of the log-likelihood crosses 0 (found to the
/// last digits, where scikit-learn's search stops after about seven), that it stays within the
/// bounds, with a warning, and that Box-Cox leaves a constant column alone, too. Powers are
/// compared as logarithms, so that large numbers don't overflow. Missing values stay missing; so
/// does, counted, what Box-Cox isn't defined for. Cost: about 15 sweeps, 204 at most.
public struct PowerTransform: ColumnStage {
  /// The key in pipeline files.
  public static let name = "power_transform"
  /// One sentence for listings.
  public static let summary = "Bends numbers by the power that makes them most like normal ones."
  /// What others call it.
  public static let otherNames = [
    "PowerTransformer", "Yeo-Johnson", "YeoJohnsonTransformer", "Box-Cox", "BoxCoxTransformer",
    "step_YeoJohnson", "step_BoxCox",
  ]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.scaler
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .numeric
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("method", \.method, "Which powers: box_cox is for numbers above 0."),
    .init("standardize", \.standardize, "Whether the result gets mean 0 and variance 1."),
    .init("bounds", \.bounds, "Between which two numbers lambda is searched."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(.names(["f", "i"])) { ($0.standardize, $0.bounds) = (false, [-1, 2]) },
      Self(.glob("p*")) { $0.method = .boxCox },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// Which powers.
  public var method = PowerCurve.Family.yeoJohnson
  /// Whether the result gets mean 0 and variance 1.
  public var standardize = true
  /// Between which two numbers λ is searched.
  public var bounds: [Double] = [-5, 5]
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .exact }

  /// The power, then mean and standard deviation of what comes of it.
  public struct Learned: SavedByFields {
    /// The parameter of the curve.
    public var lambda = 1.0
    /// What is subtracted.
    public var mean = 0.0
    /// What is divided by.
    public var scale = 1.0
    /// Whether the training rows had one value only.
    public var isConstant = false
    /// Whether the best power may lie beyond the bounds.
    public var isBound = false
    /// Everything at its default.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("lambda", \.lambda), .init("mean", \.mean), .init("scale", \.scale),
      .init("constant", \.isConstant), .init("at_bound", \.isBound),
    ]
  }

  /// With `standardize` it brings numbers to a scale.
  public var purposes: Purposes { standardize ? .scales : [] }
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    try refuse(.category, .ignore)
    guard bounds.count == 2, bounds[0] < bounds[1], bounds.allSatisfy({ abs($0) <= 100 }) else {
      throw PrepError(
        .value, "'bounds': expected two rising numbers from -100 to 100, found \(bounds)")
    }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] {
    let first: [Statistic] = [.count, .extremes, .moments]
    guard first.allSatisfy(known.has), isBendable(known) else { return first }
    switch search(known) {
    case .open(let lambdas): return first + lambdas.map { score($0, known) }
    case .found(let lambda, _): return first + (standardize ? [moments(lambda)] : [])
    case .impossible: return first + (standardize ? [moments(1)] : [])
    }
  }

  /// The search for the power, then what comes of it.
  public func laterQuestions(_ field: Field) -> [LaterQuestion] {
    // Both bounds, then a place a step.
    let search = LaterQuestion("likelihood of powers", sweeps: 2 + RootSearch.limit)
    return [search]
      + (standardize ? [LaterQuestion("mean and deviation of the power", sweeps: 1)] : [])
  }

  private func isConstant(_ known: Answers) -> Bool {
    let (low, high) = known.extremes
    return low == high || known.moments.variance.isFinite && known.moments.isConstant
  }
  private func isBendable(_ known: Answers) -> Bool {
    let (low, high) = known.extremes
    return low.isFinite && high.isFinite && low <= high && (method == .yeoJohnson || low > 0)
  }
  private func score(_ lambda: Double, _ known: Answers) -> Statistic {
    let (low, high) = known.extremes
    return .powerScore(PowerFit(PowerCurve(method, lambda: lambda), low: low, high: high))
  }
  private func moments(_ lambda: Double) -> Statistic {
    .powerMoments(PowerCurve(method, lambda: lambda))
  }
  private func search(_ known: Answers) -> RootSearch.State {
    if isConstant(known) { return .impossible }
    return RootSearch.run(from: bounds[0], to: bounds[1]) { lambda in
      let statistic = score(lambda, known)
      return known.has(statistic) ? known.number(statistic) : nil
    }
  }

  /// What it learns of the column.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> Learned {
    try answers.requireValues(of: field)
    let (low, high) = answers.extremes
    try requireFinite(low, high, of: field)
    if method == .boxCox && low <= 0 {
      throw PrepError(
        .fit, "expected numbers above 0 in column '\(field.name)', found \(low)",
        hint: "method: yeo_johnson takes any number")
    }
    var learned = Learned()
    switch search(answers) {
    case .found(let lambda, let isBound): (learned.lambda, learned.isBound) = (lambda, isBound)
    case .open, .impossible: learned.isConstant = true
    }
    guard standardize else { return learned }
    let moments = answers.moments(moments(learned.lambda))
    learned.mean = moments.mean
    if !moments.isConstant { learned.scale = moments.variance.squareRoot() }
    try requireFinite(moments.mean, moments.variance, of: field)
    return learned
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Learned?) -> [Output] { [.same(.float)] }
  /// Opens the work.
  public func kernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel {
    let curve = PowerCurve(method, lambda: learned.lambda)
    let (mean, scale) = (learned.mean, learned.scale)
    let expected = method == .boxCox ? "a number above 0" : "a number whose power is one"
    let work = domainKernel(slots, expecting: expected) { (curve($0) - mean) / scale }
    let finding = learned.isConstant ? "constant" : learned.isBound ? "at a bound" : nil
    guard let finding else { return work }
    return { block, run in
      if run.mode == .training { run.count(finding, block.count) }
      work(block, run)
    }
  }
  /// Opens the way back.
  public func inverseKernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel? {
    let curve = PowerCurve(method, lambda: learned.lambda)
    return inverseFloats(slots) { curve.inverse($0 * learned.scale + learned.mean) }
  }
}
