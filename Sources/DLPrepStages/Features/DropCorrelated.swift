public import DLPrepData
public import DLPrepPipeline

/// Drops columns that say nearly the same as others, by their correlation.
///
/// ```yaml
/// - drop_correlated: {threshold: 0.9}
/// ```
/// ```csv
/// a,b,c
/// 1,2,5
/// 2,4,1
/// 3,6,4
/// 4,9,2
/// ```
/// becomes
/// ```csv
/// a,c
/// 1,5
/// 2,1
/// 3,4
/// 4,2
/// ```
/// Of each pair of columns whose correlation is above `threshold` in magnitude, the one goes that
/// has the larger mean magnitude of correlations with all columns; of two that agree in that to 15
/// digits, the earlier one. A correlation is taken over the rows where both are present. One that
/// can't be told (a column of one value) counts as 0. Same as recipes `step_corr`, and as its rule
/// takes pairs one by one, all of a group of alike columns may go but one, whatever their order.
/// `method` is `pearson`, or `spearman`: the correlation of ranks, ties at their mean. Cost: two
/// sweeps, rows times pairs of columns, and memory for the pairs; `spearman` holds the columns in
/// memory.
public struct DropCorrelated: BlockStage {
  /// The key in pipeline files.
  public static let name = "drop_correlated"
  /// One sentence for listings.
  public static let summary = "Drops columns that say nearly the same as others."
  /// What others call it.
  public static let otherNames = [
    "step_corr", "DropCorrelatedFeatures", "SmartCorrelatedSelection", "findCorrelation",
  ]
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .or(.numeric, .type(.bool))
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("threshold", \.threshold, in: 0...1, "Above which magnitude of correlation one goes."),
    .init("method", \.method, "How columns are compared: pearson or spearman."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(.numeric) { $0.threshold = 0.05 },
      Self(["f", "i", "p", "l"]) { ($0.threshold, $0.method) = (0.1, .spearman) },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// Above which magnitude of correlation one of a pair goes.
  public var threshold = 0.9
  /// How columns are compared.
  public var method = Method.pearson
  /// Everything at its default.
  public init() {}

  /// How columns are compared.
  public enum Method: String, Sendable, CaseIterable, ParameterValue {
    /// By their numbers.
    case pearson
    /// By the ranks of their numbers.
    case spearman
  }

  /// What is gathered: sums of products, or all numbers.
  public struct Summary: BlockSummary {
    var products: Comoments?
    var ranks: RankCorrelations?

    /// Takes in rows.
    public mutating func observe(
      _ block: Block, slots: [Int], target: [Double], threads: SpareThreads
    ) {
      products?.observe(block, slots: slots, threads: threads)
      ranks?.observe(block, slots: slots)
    }

    /// Adds those of later rows.
    public mutating func merge(_ later: Summary) {
      if let other = later.products { products?.merge(other) }
      if let other = later.ranks { ranks?.merge(other) }
    }

    /// Products need a second look, ranks are compared at the end.
    public mutating func needsAnotherSweep(threads: SpareThreads) -> Bool {
      ranks?.rank(threads)
      return products?.needsAnotherSweep() ?? false
    }
  }

  /// The columns that are dropped.
  public struct Fitted: FittedBlockStage, SavedByFields {
    /// Their names.
    public var dropped: [String] = []
    /// None.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [.init("dropped", \.dropped)]
    /// There is nothing to do.
    public func kernel(_ slots: [Int], made: [Int]) -> Kernel { { _, _ in } }
  }

  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric || field.type == .bool }
  /// What becomes of the columns.
  public func fates(of fields: [Field], _ fitted: Fitted?) -> [Fate] {
    guard let fitted else { return fields.map { _ in .undecided } }
    let dropped = Set(fitted.dropped)
    return fields.map { dropped.contains($0.name) ? .dropped : .unchanged }
  }
  /// Nothing is known yet.
  public func summary(of fields: [Field], target: Answers.Target?) -> Summary {
    method == .pearson
      ? Summary(products: Comoments(columns: fields.count))
      : Summary(ranks: RankCorrelations(columns: fields.count))
  }
  /// What it has learned.
  public func fitted(to summary: Summary, _ fields: [Field]) throws(PrepError) -> Fitted {
    if fields.count > Comoments.limit {
      throw PrepError(
        .limit, "expected at most \(Comoments.limit) columns, found \(fields.count)",
        hint: "choose fewer columns: every pair of them is compared")
    }
    if summary.products?.isFinite == false {
      throw PrepError(.fit, "expected numbers with a finite spread, found larger ones")
    }
    let count = fields.count
    var magnitudes = Array(repeating: 0.0, count: count * count)
    for j in 0..<count {
      for i in 0...j {
        let found = summary.products?.sums(i, j).correlation ?? summary.ranks?.correlation(i, j)
        magnitudes[i * count + j] = (found ?? .nan).magnitude
        magnitudes[j * count + i] = (found ?? .nan).magnitude
      }
    }
    var fitted = Fitted()
    fitted.dropped = droppable(magnitudes, count).sorted().map { fields[$0].name }
    return fitted
  }

  /// The positions of columns that go (recipes' `corr_filter`).
  private func droppable(_ found: [Double], _ count: Int) -> Set<Int> {
    var magnitudes = found
    if magnitudes.contains(where: \.isNaN) {
      let unknown = (0..<count).filter { i in (0..<count).allSatisfy { found[i * count + $0].isNaN }
      }
      // With one known column there is nothing to compare it with.
      if unknown.count >= count - 1 { return [] }
      for i in magnitudes.indices where magnitudes[i].isNaN { magnitudes[i] = 0 }
      for i in 0..<count { magnitudes[i * count + i] = 1 }
    }
    let means = (0..<count).map { i in
      fifteenDigits(
        magnitudes[(i * count)..<((i + 1) * count)].reduce(0, +) / Double(count))
    }
    var dropped: Set<Int> = []
    for j in 0..<count {
      for i in 0..<j where magnitudes[i * count + j] > threshold {
        dropped.insert(means[j] > means[i] ? j : i)
      }
    }
    return dropped
  }
}

/// A number of the magnitude of a share, rounded to 15 significant digits, as R tells numbers apart.
private func fifteenDigits(_ value: Double) -> Double {
  guard value > 0 else { return 0 }
  var power = 1e15
  while value * power < 1e14 { power *= 10 }
  return (value * power).rounded() / power
}
