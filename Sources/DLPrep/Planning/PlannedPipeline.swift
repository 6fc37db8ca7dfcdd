/// What a pipeline will do, step by step, as far as it is known.
public struct PlannedPipeline: Sendable {
  /// A column at some point of the pipeline.
  public struct Column: Sendable, Equatable {
    /// Its name, type, role and components.
    public var field: Field
    /// Whether the type is known; else the data decide.
    public var isTypeKnown = true
    /// Whether it is sure to be there as it is; else only the data can tell.
    public var isSure = true

    init(_ field: Field, isTypeKnown: Bool = true, isSure: Bool = true) {
      self.field = field
      self.isTypeKnown = isTypeKnown
      self.isSure = isSure
    }
  }

  /// A step with what it does.
  public struct Step: Sendable {
    /// Its address.
    public var address: String
    /// The stage's name.
    public var stage: String
    /// Whether it acts on training rows only.
    public var isTrainingOnly: Bool
    /// Where it acts, as the pipeline says.
    public var selector: Selector?
    /// The columns that it acts on, in table order.
    public var actsOn: [Column]
    /// The columns after it that weren't there before it, or were of another type.
    public var makes: [Column]
    /// The columns that are gone after it.
    public var removes: [String]
    /// What it has to find out of the columns, in words.
    public var learns: [String]
    /// How often it goes over a column's values at most, to learn.
    public var sweeps: Int
    /// Whether the rows have weights and it learns without them.
    public var ignoresWeights: Bool
    /// Whether what it does can be taken back.
    public var inverse: Inverse
  }

  /// The columns of the input.
  public internal(set) var inputs: [Column] = []
  /// The steps.
  public internal(set) var steps: [Step] = []
  /// The columns that come out.
  public internal(set) var output: [Column] = []
  /// Whether there may be columns that nothing is known of.
  public internal(set) var isOpen = false

  /// Adds a step; of the columns before and after, those that it leaves alone may be left out.
  mutating func add(
    _ address: String, _ stage: any Stage, actsOn: [Column], before: [Column], after: [Column],
    hasWeights: Bool
  ) {
    let known = Dictionary(
      before.map { ($0.field.name, $0.field) }, uniquingKeysWith: { first, _ in first })
    let names = Set(after.map(\.field.name))
    var learns: [String] = []
    var sweeps = 0
    for column in actsOn {
      let first = stage.firstNeeds(column.field, hasWeights: hasWeights && stage.usesWeights)
      let later = stage.laterNeeds(column.field)
      for words in first.map(\.words) + later.map(\.words) where !learns.contains(words) {
        learns.append(words)
      }
      // What is asked at once shares its sweeps; what follows from the answers needs more.
      let once = first.map(\.sweeps).max() ?? 0
      sweeps = max(sweeps, later.reduce(once) { $0 + $1.sweeps })
    }
    steps.append(
      Step(
        address: address, stage: type(of: stage).name, isTrainingOnly: stage.when == .fit,
        selector: stage.columns, actsOn: actsOn,
        makes: after.filter { column in
          guard let old = known[column.field.name] else { return true }
          return old.type != column.field.type || old.components != column.field.components
        },
        removes: before.map(\.field.name).filter { !names.contains($0) },
        learns: learns, sweeps: sweeps,
        ignoresWeights: hasWeights && !stage.usesWeights
          && (stage.learnsTogether || learns.contains { $0 != Statistic.count.words }),
        inverse: stage.inverse))
  }
}

extension Stage {
  /// What it asks of a column first; later questions may follow from the answers.
  fileprivate func firstNeeds(_ field: Field, hasWeights: Bool) -> [Statistic] {
    var known = Answers()
    known.hasWeights = hasWeights
    func needs<S: ColumnStage>(_ stage: S) -> [Statistic] {
      stage.accepts(field) ? stage.needs(field, known: known) : []
    }
    guard let stage = self as? any ColumnStage else { return [] }
    return needs(stage)
  }

  /// Whether it learns from several columns together.
  fileprivate var learnsTogether: Bool {
    func learns<S: BlockStage>(_ stage: S) -> Bool { S.Summary.self != NoSummary.self }
    guard let stage = self as? any BlockStage else { return false }
    return learns(stage)
  }

  /// What it asks once it knows the first answers.
  fileprivate func laterNeeds(_ field: Field) -> [LaterQuestion] {
    guard let stage = self as? any ColumnStage, stage.accepts(field) else { return [] }
    return stage.laterQuestions(field)
  }
}

extension Statistic {
  /// What it is, for people.
  var words: String {
    switch self {
    case .count: "missing values"
    case .extremes: "smallest and largest value"
    case .moments: "mean and deviation"
    case .sum: "sum"
    case .quantile(let share, _): "quantile \(share)"
    case .deviationQuantile: "quantiles of distances"
    case .distinct: "number of distinct values"
    case .categories: "categories"
    case .distribution: "distribution"
    case .powerScore: "likelihood of a power"
    case .powerMoments: "mean and deviation of a power"
    case .terms: "terms"
    case .byCategory: "target by category"
    case .grouped(let inner): "\(inner.words) by group"
    case .weighted(let inner): "\(inner.words) by weight"
    case .byOthers: "target of other rows"
    }
  }

  /// How often the values are gone over at most.
  var sweeps: Int {
    switch self {
    case .quantile, .deviationQuantile: 4
    case .grouped(let inner): inner.sweeps
    case .weighted(let inner): inner == .moments ? 2 : 1
    case .count, .extremes, .moments, .sum, .distinct, .categories, .distribution, .byCategory,
      .terms,
      .byOthers,
      .powerScore, .powerMoments:
      1
    }
  }
}
