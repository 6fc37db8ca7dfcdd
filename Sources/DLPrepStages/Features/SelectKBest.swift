public import DLPrepData
public import DLPrepPipeline

/// Keeps the columns that tell most of the target, each on its own.
///
/// ```yaml
/// dlprep: 1
/// schema: {columns: {y: {type: category, role: target}}}
/// steps:
///   - select_k_best: {k: 1}
/// ```
/// ```csv
/// a,b,y
/// 1,5,no
/// 2,1,yes
/// 1,2,no
/// 3,4,yes
/// ```
/// becomes
/// ```csv
/// a,y
/// 1,no
/// 2,yes
/// 1,no
/// 3,yes
/// ```
/// `score` is `f_classif` (the analysis of variance of a number by classes), `chi2` (of counts or
/// shares, none below 0, by classes), `f_regression` (a number by a number) or `mutual_info` (by the
/// distances of 3 nearest neighbours, for classes and numbers). The `k` best stay; of equals, the
/// later ones; a score that can't be told is the lowest. Each component of a vector (one-hot, term
/// counts) is a feature of its own, and a vector keeps those that are among the best. A missing value
/// is an error. Same as scikit-learn `SelectKBest`; but where it draws the noise that takes ties
/// apart for `mutual_info`, here it is a hash, and flags and vectors count as classes. The scores
/// stand in the artifact. Cost: one sweep (`f_regression` two); `mutual_info` holds the columns in
/// memory.
public struct SelectKBest: BlockStage {
  /// The key in pipeline files.
  public static let name = "select_k_best"
  /// One sentence for listings.
  public static let summary = "Keeps the columns that tell most of the target."
  /// What others call it.
  public static let otherNames = [
    "SelectKBest", "f_classif", "f_regression", "chi2", "mutual_info_classif",
    "mutual_info_regression", "step_select_roc", "univariate selection",
  ]
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .or(.numeric, .or(.type(.bool), .type(.vector)))
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("k", \.k, in: 1...1_000_000, "How many columns stay."),
    .init("score", \.score, "How they are judged: f_classif, f_regression, chi2 or mutual_info."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(["f", "i"]) { $0.k = 1 }, Self(.numeric) { ($0.k, $0.score) = (2, .regression) },
      Self(["i", "l", "p"]) { ($0.k, $0.score) = (1, .chiSquare) },
      Self { ($0.k, $0.score) = (2, .mutualInformation) },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// How many columns stay.
  public var k = 10
  /// How they are judged.
  public var score = Score.variance
  /// Everything at its default.
  public init() {}
  private init(_ set: (inout Self) -> Void) { set(&self) }

  /// How columns are judged.
  public enum Score: String, Sendable, CaseIterable, ParameterValue {
    /// The analysis of variance of a number by classes.
    case variance = "f_classif"
    /// The regression of a number on a number.
    case regression = "f_regression"
    /// Sums by classes against those by chance.
    case chiSquare = "chi2"
    /// What the one tells of the other.
    case mutualInformation = "mutual_info"
  }

  /// It looks at the target.
  public var isSupervised: Bool { true }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool {
    field.type.isNumeric || field.type == .bool || field.type.isVector
  }

  /// What becomes of the columns.
  public func fates(of fields: [Field], _ fitted: Fitted?) -> [Fate] {
    guard let fitted else { return fields.map { _ in .undecided } }
    let places = Dictionary(
      zip(fitted.columns, fitted.columns.indices), uniquingKeysWith: { first, _ in first })
    return fields.map { field in
      let kept = places[field.name].map { fitted.kept[$0] } ?? []
      if kept.isEmpty || kept.count == field.width { return kept.isEmpty ? .dropped : .unchanged }
      var narrow = field
      narrow.type = .vector(width: kept.count)
      narrow.values = kept.map { field.values[$0] }
      narrow.components = kept.map { field.components[$0] }
      return .replaced(narrow)
    }
  }

  /// Nothing is known yet.
  public func summary(of fields: [Field], target: Answers.Target?) -> Summary {
    Summary(score, FeatureList(fields), target)
  }

  /// What it has learned.
  public func fitted(to summary: Summary, _ fields: [Field]) throws(PrepError) -> Fitted {
    try summary.check()
    let scores = summary.scores()
    // The first of equals goes, as in scikit-learn's stable sort.
    let ranked = scores.indices.sorted { a, b in
      let (x, y) = (rank(scores[a]), rank(scores[b]))
      return x == y ? a < b : x < y
    }
    let best = Set(ranked.suffix(k))
    var fitted = Fitted()
    fitted.scores = scores.map { $0.isNaN ? nil : min($0, .greatestFiniteMagnitude) }
    for (i, field) in fields.enumerated() {
      let own = summary.features.starts[i]..<summary.features.starts[i + 1]
      fitted.columns.append(field.name)
      fitted.widths.append(own.count)
      fitted.kept.append(own.filter(best.contains).map { $0 - own.lowerBound })
    }
    return fitted
  }

  /// Whether it can have been learned.
  public func check(_ loaded: Fitted, for fields: [Field]) throws(PrepError) {
    let count = fields.count
    try requireLearned(
      loaded.kept.count == count && loaded.widths == fields.map(\.width)
        && loaded.columns == fields.map(\.name)
        && zip(loaded.kept, loaded.widths).allSatisfy { kept, width in
          kept.allSatisfy { 0..<width ~= $0 } && zip(kept, kept.dropFirst()).allSatisfy { $0 < $1 }
        },
      "what stays of \(count) columns")
  }

  private func rank(_ score: Double) -> Double {
    score.isNaN ? -.greatestFiniteMagnitude : score
  }

  /// What stays.
  public struct Fitted: FittedBlockStage, SavedByFields {
    /// The names of the columns.
    public var columns: [String] = []
    /// The positions of each column's features that stay: components of a vector, else 0 alone.
    public var kept: [[Int]] = []
    /// How many features each column has.
    public var widths: [Int] = []
    /// Each feature's score, in table order; none where it can't be told.
    public var scores: [Double?] = []
    /// Nothing.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("columns", \.columns), .init("kept", \.kept), .init("widths", \.widths),
      .init("scores", \.scores),
    ]

    /// Opens the work: vectors lose components.
    public func kernel(_ slots: [Int], made: [Int]) -> Kernel {
      let narrowed = slots.indices.filter { !kept[$0].isEmpty && kept[$0].count < widths[$0] }
      let work = narrowed.map { i in
        var map = Array(repeating: Int32(-1), count: widths[i])
        for (new, old) in kept[i].enumerated() { map[old] = Int32(new) }
        return (slot: slots[i], map: map)
      }
      return { block, _ in
        for (slot, map) in work { block.columns[slot].keepComponents(map) }
      }
    }
  }
}

extension Column {
  /// Renumbers the components of a vector; those that become -1 go.
  fileprivate func keepComponents(_ map: [Int32]) {
    guard storage == .sparse else {
      for row in 0..<count where codes[row] >= 0 { codes[row] = map[Int(codes[row])] }
      return
    }
    var rows = SparseRows(isWhole: sparse.isWhole)
    for row in 0..<count {
      for i in sparse.range(row) {
        let component = map[Int(sparse.components[i])]
        if component >= 0 { rows.append(component, sparse.values[i]) }
      }
      rows.endRow()
    }
    sparse = rows
  }
}
