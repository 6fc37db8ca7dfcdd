public import DLPrepData
public import DLPrepPipeline

/// Turns columns into the directions in which they vary most.
///
/// ```yaml
/// - pca: {components: 1}
/// ```
/// ```csv
/// a,b
/// 0,0
/// 3,4
/// 6,8
/// ```
/// becomes
/// ```csv
/// pc1
/// -5.0
/// 0.0
/// 5.0
/// ```
/// The columns are centered and multiplied by the eigenvectors of their covariance, those of the
/// largest eigenvalues first; of each, the entry largest in magnitude is positive. `components` is
/// how many stay (from 1), or below 1 the share of the variance that they must exceed together. With
/// `whiten` each has variance 1. The results `pc1`, `pc2`, ... (after `prefix`) come last and the
/// columns go. A missing value is an error, in training and in serving. Same as scikit-learn `PCA`
/// from 1.5; columns of different units should be standardized before. Cost: two sweeps for the
/// covariance, rows times pairs of columns, in sums that no order of rows changes; then ten times
/// the cube of the number of columns.
public struct PCA: BlockStage {
  /// The key in pipeline files.
  public static let name = "pca"
  /// One sentence for listings.
  public static let summary = "Turns columns into the directions in which they vary most."
  /// What others call it.
  public static let otherNames = [
    "PCA", "step_pca", "principal components", "TruncatedSVD", "Karhunen-Loeve",
  ]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.columns, .keepOriginal]
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .numeric
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init(
      "components", \.components,
      "How many components stay, or below 1 the share of the variance that they exceed."),
    .init("whiten", \.whiten, "Whether each component gets variance 1."),
    .init("prefix", \.prefix, "What the names of the components begin with."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(["f", "i", "p"]) { ($0.components, $0.whiten) = (2, true) },
      Self(["i", "p"]) {
        ($0.components, $0.prefix, $0.common.keepOriginal) = (0.5, "x", true)
      },
    ]
  }
  /// The most columns that it takes.
  static let limit = 5_000
  /// The keys that stages share.
  public var common = Common()
  /// How many components stay, or the share of the variance that they exceed.
  public var components = 0.95
  /// Whether each component gets variance 1.
  public var whiten = false
  /// What the names of the components begin with.
  public var prefix = "pc"
  /// Everything at its default.
  public init() {}

  /// What is gathered.
  public struct Summary: BlockSummary {
    var products: Comoments
    var missing = FirstMissing()

    /// Takes in rows.
    public mutating func observe(
      _ block: Block, slots: [Int], target: [Double], threads: SpareThreads
    ) {
      missing.look(at: block, slots: slots)
      products.observe(block, slots: slots, threads: threads)
    }
    /// Adds those of later rows.
    public mutating func merge(_ later: Summary) {
      products.merge(later.products)
      missing.merge(later.missing)
    }
    /// Products need a second look.
    public mutating func needsAnotherSweep(threads: SpareThreads) -> Bool {
      missing.isNone && products.needsAnotherSweep()
    }
  }

  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    let isCount = components >= 1 && components == components.rounded() && components < 1e6
    guard isCount || (components > 0 && components < 1) else {
      throw PrepError(
        .value,
        "'components': expected a whole number from 1 or a share below 1, found \(components)")
    }
    if prefix.isEmpty { throw PrepError(.value, "'prefix': expected a name, found none") }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// Whether it can be taken back.
  public var inverse: Inverse { .lossy("what no component tells becomes the mean") }
  /// It makes numbers of several columns.
  public var purposes: Purposes { .combines }
  /// What becomes of the columns.
  public func fates(of fields: [Field], _ fitted: Fitted?) -> [Fate] {
    fields.map { _ in .dropped }
  }
  /// The components; of a share, only the first is sure to come.
  public func made(from fields: [Field], _ fitted: Fitted?) throws(PrepError) -> [Field] {
    if fields.isEmpty { return [] }
    let sure = components < 1 ? 1 : min(Int(components), fields.count)
    // All have the same sources, which are named once.
    var field = Field("", .float, madeOf: fields)
    return (1...(fitted?.components.count ?? sure)).map {
      field.name = "\(prefix)\($0)"
      return field
    }
  }
  /// Nothing is known yet.
  public func summary(of fields: [Field], target: Answers.Target?) -> Summary {
    Summary(products: Comoments(columns: fields.count <= Self.limit ? fields.count : 0))
  }
  /// What it has learned.
  public func fitted(to summary: Summary, _ fields: [Field]) throws(PrepError) -> Fitted {
    if fields.isEmpty { return Fitted() }
    let products = summary.products
    try check(products, fields)
    try summary.missing.refuse(fields)
    let count = fields.count
    var matrix = Array(repeating: 0.0, count: count * count)
    for j in 0..<count {
      for i in 0...j {
        matrix[i * count + j] = products.covariance(i, j)
        matrix[j * count + i] = matrix[i * count + j]
      }
    }
    guard let eigen = SymmetricEigen(matrix, count: count) else {
      throw PrepError(.fit, "expected numbers with a finite spread, found larger ones")
    }
    // No more directions than there are rows.
    let variances = eigen.values.prefix(min(products.rows, count)).map { max($0, 0) }
    let total = variances.reduce(0, +)
    var fitted = Fitted()
    fitted.mean = products.means
    for i in 0..<(try kept(of: variances, total)) {
      let row = Array(eigen.vectors[(i * count)..<((i + 1) * count)])
      let most = row.reduce(0) { max($0, $1.magnitude) }
      let isPositive = (row.first { $0.magnitude == most } ?? 0) >= 0
      fitted.components.append(isPositive ? row : row.map { -$0 })
      fitted.variance.append(variances[i])
      fitted.share.append(total > 0 ? variances[i] / total : 0)
      // scikit-learn's floor, below which a direction has no variance.
      if whiten { fitted.scale.append(max(variances[i].squareRoot(), Double.ulpOfOne)) }
    }
    return fitted
  }

  private func check(_ products: Comoments, _ fields: [Field]) throws(PrepError) {
    if fields.count > Self.limit {
      throw PrepError(
        .limit, "expected at most \(Self.limit) columns, found \(fields.count)",
        hint: "choose fewer columns")
    }
    if products.rows < 2 {
      throw PrepError(.fit, "expected at least 2 rows to learn from, found \(products.rows) rows")
    }
    if !products.isFinite {
      throw PrepError(.fit, "expected numbers with a finite spread, found larger ones")
    }
  }

  /// Whether it can have been learned.
  public func check(_ loaded: Fitted, for fields: [Field]) throws(PrepError) {
    let count = loaded.components.count
    try requireLearned(
      loaded.mean.count == fields.count && loaded.components.allSatisfy { $0.count == fields.count }
        && (1...max(1, fields.count) ~= count || fields.isEmpty && count == 0)
        && loaded.scale.count == (whiten ? count : 0),
      "components of \(fields.count) columns")
  }

  /// How many components stay.
  private func kept(of variances: [Double], _ total: Double) throws(PrepError) -> Int {
    guard components < 1 else {
      if Int(components) <= variances.count { return Int(components) }
      throw PrepError(
        .value,
        "'components': expected at most \(variances.count), as many as columns and rows, "
          + "found \(Int(components))")
    }
    var share = 0.0
    for (i, variance) in variances.enumerated() {
      share += total > 0 ? variance / total : 0
      if share > components { return i + 1 }
    }
    return variances.count
  }

  /// Means and directions.
  public struct Fitted: FittedBlockStage, SavedByFields {
    /// The columns' means.
    public var mean: [Double] = []
    /// The directions, each with an entry for every column.
    public var components: [[Double]] = []
    /// The variance along each direction.
    public var variance: [Double] = []
    /// Its share of the whole variance.
    public var share: [Double] = []
    /// What each component is divided by; empty: nothing.
    public var scale: [Double] = []
    /// No component.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("mean", \.mean), .init("components", \.components), .init("variance", \.variance),
      .init("share", \.share), .init("scale", \.scale),
    ]
  }
}
