public import DLPrepData

/// What the engine found out about one column.
public struct Answers: Sendable {
  /// One answer.
  public enum Answer: Sendable {
    case count(rows: Int, missing: Int)
    case extremes(min: Double, max: Double)
    case moments(Moments)
    case number(Double)
    case distinct(Int)
    case categories(CategoryCounts)
    case distribution([(value: Double, count: Int)])
    case weightedRows([(value: Double, weight: Double)])
    case byCategory(CategoryTargets)
    case byGroup
    case terms(TermCounts)
    case byOthers([OtherTargets])
  }

  /// The answers so far.
  package var values: [Statistic: Answer] = [:]
  /// The answers to `.grouped` statistics, group by group; nil where none was asked.
  public package(set) var groups: Groups?
  /// The target, where the pipeline has one.
  public package(set) var target: Target?

  /// Whether the rows have weights, for a stage with `usesWeights`.
  public package(set) var hasWeights = false

  /// What the target is.
  public struct Target: Sendable, Equatable {
    /// Its column.
    public var field: Field
    /// Its classes in byte order; empty for a number to regress on.
    public var classes: [[UInt8]]
  }

  /// What was found out about each group.
  public struct Groups: Sendable {
    /// The groups.
    public var keys: GroupKeys
    /// What was found out, in the order of `keys`: each answers the statistics that stood in
    /// `.grouped`, such as `answers[i].moments`.
    public var answers: [Answers]
  }

  /// Nothing is known yet.
  public init() {}

  /// Whether a question has been answered.
  public func has(_ statistic: Statistic) -> Bool { values[statistic] != nil }
}

/// The distinct values of a column in byte order, and how often each occurs.
public struct CategoryCounts: Sendable, Equatable {
  /// The values, sorted by bytes.
  public var values: ByteStrings
  /// How many rows have each.
  public var counts: [Int]

  /// Puts values and counts side by side.
  public init(values: ByteStrings, counts: [Int]) {
    self.values = values
    self.counts = counts
  }

  /// How many rows have any of them.
  public var total: Int { counts.reduce(0, +) }
}

/// The distinct terms of some texts in byte order, and how often each occurs.
public struct TermCounts: Sendable, Equatable {
  /// The terms, sorted by bytes.
  public var values = ByteStrings()
  /// How often each occurs in all texts.
  public var counts: [Int] = []
  /// In how many texts each occurs.
  public var documents: [Int] = []

  /// No terms.
  public init() {}
}

extension Answers {
  /// The answer to `.count`.
  public var count: (rows: Int, missing: Int) {
    guard case .count(let rows, let missing)? = values[.count] else { notAsked(.count) }
    return (rows, missing)
  }

  /// The answer to `.extremes`; both infinite and crossed where there is no value.
  public var extremes: (min: Double, max: Double) {
    guard case .extremes(let min, let max)? = values[.extremes] else { notAsked(.extremes) }
    return (min, max)
  }

  /// The answer to `.extremes`, or to the same by weights.
  public func extremes(_ statistic: Statistic) -> (min: Double, max: Double) {
    guard case .extremes(let min, let max)? = values[statistic] else { notAsked(statistic) }
    return (min, max)
  }

  /// The answer to `.weighted(.distribution)`: every number that isn't missing, sorted, with the
  /// weight of its row.
  public var weightedRows: [(value: Double, weight: Double)] {
    guard case .weightedRows(let rows)? = values[.weighted(.distribution)] else {
      notAsked(.weighted(.distribution))
    }
    return rows
  }

  /// A question, by the rows' weights where they have some.
  public func byWeight(_ statistic: Statistic) -> Statistic {
    hasWeights ? .weighted(statistic) : statistic
  }

  /// The answer to `.moments`.
  public var moments: Moments {
    guard case .moments(let moments)? = values[.moments] else { notAsked(.moments) }
    return moments
  }

  /// The answer to `.moments`, to the same by weights, or to `.powerMoments`.
  public func moments(_ statistic: Statistic) -> Moments {
    guard case .moments(let moments)? = values[statistic] else { notAsked(statistic) }
    return moments
  }

  /// The answer to `.sum`, `.quantile`, `.deviationQuantile` or `.powerScore`; NaN where there is no
  /// value, but of `.sum`, which is 0 then.
  public func number(_ statistic: Statistic) -> Double {
    guard case .number(let number)? = values[statistic] else { notAsked(statistic) }
    return number
  }

  /// The answer to `.distinct`.
  public func distinct(upTo limit: Int) -> Int {
    guard case .distinct(let count)? = values[.distinct(upTo: limit)] else {
      notAsked(.distinct(upTo: limit))
    }
    return count
  }

  /// The answer to `.categories`.
  public var categories: CategoryCounts {
    guard case .categories(let counts)? = values[.categories] else { notAsked(.categories) }
    return counts
  }

  /// The answer to `.distribution`.
  public var distribution: [(value: Double, count: Int)] {
    guard case .distribution(let values)? = values[.distribution] else { notAsked(.distribution) }
    return values
  }

  /// The answer to `.byCategory`.
  public func targets(_ statistic: Statistic) -> CategoryTargets {
    guard case .byCategory(let targets)? = values[statistic] else { notAsked(statistic) }
    return targets
  }

  /// The answer to `.terms`.
  public func terms(_ statistic: Statistic) -> TermCounts {
    guard case .terms(let terms)? = values[statistic] else { notAsked(statistic) }
    return terms
  }

  private func notAsked(_ statistic: Statistic) -> Never {
    preconditionFailure("the stage didn't ask for \(statistic)")
  }
}
