public import DLPrepData
public import DLPrepPipeline

/// Puts what a regression on the other columns says in the place of missing values, round by round.
///
/// ```yaml
/// - impute_iterative: {columns: [width, height]}
/// ```
/// ```csv
/// width,height
/// 1,2
/// 2,4
/// 3,
/// 4,8
/// ,10
/// ```
/// becomes
/// ```csv
/// width,height
/// 1.0,2.0
/// 2.0,4.0
/// 3.0,6.00000018749899
/// 4.0,8.0
/// 4.999999625002044,10.0
/// ```
/// Missing values start as the mean of their column. Then each column in turn is regressed on all
/// others, over the rows where it has a value, and its missing values become what the regression
/// says, not less than `min` nor more than `max`; and so on, for `max_iter` rounds, or until in no
/// row the sum of changes reaches `tol` times the largest number of all. The `order` goes from the
/// column with the fewest missing values up, down, or through the table (roman) or back (arabic).
/// It learns all of these regressions: serving goes through them again from the means. Bayesian
/// ridge regression (MacKay 1992), by singular values. Same as scikit-learn `IterativeImputer`,
/// which stays at the means where a served table has no value at all; here a row never depends on
/// others. Cost: all rows of its columns in memory, a regression for each column and round.
public struct ImputeIterative: BlockStage {
  /// The key in pipeline files.
  public static let name = "impute_iterative"
  /// One sentence for listings.
  public static let summary =
    "Puts what a regression on the other columns says in the place of missing values."
  /// What others call it.
  public static let otherNames = ["IterativeImputer", "mice", "step_impute_linear", "MICE"]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.columns, .name, .keepOriginal]
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .numeric
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("max_iter", \.maxIter, in: 0...10_000, "How many rounds there are at most."),
    .init("tol", \.tol, in: 0...1, "How small a share changes must fall to, to end earlier."),
    .init("order", \.order, "Which column comes first: ascending, descending, roman or arabic."),
    .init("min", \.min, "The smallest value that is put in.").otherwise("any"),
    .init("max", \.max, "The largest value that is put in.").otherwise("any"),
    .init("all_missing", \.allMissing, "What becomes of a column without any value."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(["f", "i", "p"]),
      Self(["f", "i", "p"]) { ($0.maxIter, $0.tol, $0.order) = (4, 1e-5, .descending) },
      Self(["i", "p"]) { ($0.min, $0.max, $0.allMissing) = (0.5, 12, .drop) },
    ]
  }
  /// The most numbers that one step may gather.
  static let limit = 1 << 27
  /// The keys that stages share.
  public var common = Common()
  /// How many rounds there are at most.
  public var maxIter = 10
  /// To which share of the largest number changes must fall, to end earlier.
  public var tol = 1e-3
  /// Which column comes first.
  public var order = Order.ascending
  /// The smallest value that is put in.
  public var min: Double?
  /// The largest value that is put in.
  public var max: Double?
  /// What becomes of a column without any value.
  public var allMissing = AllMissing.error
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .lossy("what was put in stays") }

  /// Which column comes first.
  public enum Order: String, Sendable, CaseIterable, ParameterValue {
    /// That with the fewest missing values.
    case ascending
    /// That with the most missing values.
    case descending
    /// The first in the table.
    case roman
    /// The last in the table.
    case arabic
  }

  /// It fills with what it has learned.
  public var purposes: Purposes { .fills }
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    guard let min, let max, min >= max else { return }
    throw PrepError(.value, "expected 'min' below 'max', found \(min) and \(max)")
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// What becomes of the columns.
  public func fates(of fields: [Field], _ fitted: Fitted?) -> [Fate] {
    fields.indices.map { i in
      if let fitted { return fitted.dropped[i] ? .dropped : .changed(.float) }
      return allMissing == .drop ? .undecided : .changed(.float)
    }
  }
  /// It gathers all rows.
  public func summary(of fields: [Field], target: Answers.Target?) -> GatheredRows {
    GatheredRows(of: fields, numbers: Self.limit)
  }
  /// What it has learned.
  public func fitted(to summary: GatheredRows, _ fields: [Field]) throws(PrepError) -> Fitted {
    try summary.requireRows()
    try summary.requireValues(of: fields, allMissing)
    guard !summary.isTooLarge else {
      throw PrepError(
        .limit,
        "expected at most \(Self.limit) numbers, found \(summary.rows) rows of \(fields.count)",
        hint: "choose fewer columns, or impute_knn")
    }
    var fitted = Fitted()
    fitted.dropped = summary.columns.map { $0.present == 0 }
    let columns = summary.columns.filter { $0.present > 0 }
    for (field, column) in zip(fields, summary.columns) where column.present > 0 {
      try requireFinite(column.usual, of: field)
    }
    fitted.means = columns.map(\.usual)
    (fitted.min, fitted.max) = (min, max)
    var rounds = RegressionRounds(columns)
    rounds.run(inOrder(columns), most: maxIter, tolerance: tol, within: fitted.bounds)
    fitted.regressions = rounds.regressions
    guard fitted.regressions.allSatisfy({ $0.intercept.isFinite }) else {
      throw PrepError(
        .fit, "expected numbers that can be regressed on each other, found too large ones",
        hint: "scale them first")
    }
    return fitted
  }

  /// Whether it can have been learned.
  public func check(_ loaded: Fitted, for fields: [Field]) throws(PrepError) {
    let kept = loaded.dropped.filter { !$0 }.count
    try requireLearned(
      loaded.dropped.count == fields.count && loaded.means.count == kept
        && loaded.regressions.allSatisfy {
          0..<kept ~= $0.column && $0.coefficients.count == kept - 1
        }, "regressions of \(fields.count) columns")
  }

  /// The columns in the order in which they are filled.
  private func inOrder(_ columns: [GatheredColumn]) -> [Int] {
    let places = Array(columns.indices)
    let ascending = places.sorted { (columns[$1].present, $0) < (columns[$0].present, $1) }
    return switch order {
    case .ascending: ascending
    case .descending: ascending.reversed()
    case .roman: places
    case .arabic: places.reversed()
    }
  }

  /// The regressions.
  public struct Fitted: FittedBlockStage, SavedByFields {
    /// Which of the chosen columns had no value at fit.
    public var dropped: [Bool] = []
    /// The mean of each other column.
    public var means: [Double] = []
    /// The regressions, in the order in which they are made.
    public var regressions: [Regression] = []
    /// The smallest value that is put in.
    public var min: Double?
    /// The largest value that is put in.
    public var max: Double?
    /// Nothing learned.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("dropped", \.dropped), .init("means", \.means), .init("regressions", \.regressions),
      .init("min", \.min), .init("max", \.max),
    ]

    /// The values that may be put in.
    var bounds: ClosedRange<Double> {
      let least = min ?? -.infinity
      return least...Swift.max(least, max ?? .infinity)
    }

    /// Opens the work.
    public func kernel(_ slots: [Int], made: [Int]) -> Kernel {
      let (means, regressions, bounds) = (means, regressions, bounds)
      let own = zip(slots, dropped).filter { !$0.1 }.map(\.0)
      var values = own.map { _ in [Double]() }
      return { block, _ in
        for (i, slot) in own.enumerated() {
          let column = block.columns[slot]
          column.convertToFloats()
          column.missing.forEachMissing { column.floats[$0] = means[i] }
          // The numbers are borrowed, not copied.
          swap(&values[i], &column.floats)
        }
        for regression in regressions {
          let missing = block.columns[own[regression.column]].missing
          regression.fill(&values, missing, within: bounds)
        }
        for (i, slot) in own.enumerated() {
          swap(&values[i], &block.columns[slot].floats)
          block.columns[slot].missing.clear()
        }
      }
    }
  }
}
