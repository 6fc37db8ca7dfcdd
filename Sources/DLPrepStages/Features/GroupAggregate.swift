public import DLPrepData
public import DLPrepPipeline

/// What the numbers of a group come to.
public enum GroupStatistic: String, Sendable, CaseIterable, ParameterValue {
  case count
  case mean
  case std
  case min
  case max
  case sum
  case median

  /// What has to be known of the group's rows.
  var question: Statistic {
    switch self {
    case .count, .mean, .std: .moments
    case .min, .max: .extremes
    case .sum: .sum
    case .median: .quantile(0.5, .midpoint)
    }
  }

  /// The number, by what is known; nil where there is none.
  func value(_ answers: Answers, ddof: Int) -> Double? {
    switch self {
    case .count: return Double(answers.moments.count)
    case .mean: return answers.moments.count > 0 ? answers.moments.mean : nil
    case .std:
      let (n, variance) = (answers.moments.count, answers.moments.variance)
      guard n > ddof else { return nil }
      return (ddof == 0 ? variance : variance * (Double(n) / Double(n - ddof))).squareRoot()
    case .min: return answers.extremes.min < .infinity ? answers.extremes.min : nil
    case .max: return answers.extremes.max > -.infinity ? answers.extremes.max : nil
    case .sum: return answers.number(question)
    case .median: return answers.number(question)
    }
  }
}

/// What a row of a group that the fit didn't see gets.
public enum UnseenGroup: String, Sendable, CaseIterable, ParameterValue {
  /// Nothing.
  case missing
  /// What all training rows come to.
  case global
}

/// Makes columns of what the numbers of a row's group come to in the training rows.
///
/// ```yaml
/// - group_aggregate: {columns: price, by: [shop], statistics: [mean, count]}
/// ```
/// ```csv
/// shop,price
/// a,10
/// b,7
/// a,12
/// ```
/// becomes
/// ```csv
/// shop,price,price_mean_by_shop,price_count_by_shop
/// a,10,11.0,2
/// b,7,7.0,1
/// a,12,11.0,2
/// ```
/// It learns for each group of the training rows the count, mean, std (which divides by n -
/// `ddof`), min, max, sum or median of the values that aren't missing, and puts them beside every
/// row of the group, the training rows' own values included. A missing key is a group of its own. A
/// group unseen at fit gets missing values, or with `unseen: global` those of all training rows;
/// either way its rows are counted. Same as NVTabular `JoinGroupby` and pandas
/// `groupby().transform()`. Cost: the column in memory; the artifact holds each group.
public struct GroupAggregate: ColumnStage {
  /// The key in pipeline files.
  public static let name = "group_aggregate"
  /// One sentence for listings.
  public static let summary =
    "Makes columns of what the numbers of a row's group come to in the training rows."
  /// What others call it.
  public static let otherNames = ["JoinGroupby", "groupby", "AggJoiner", "group_by"]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.columns, .name]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("by", \.groupColumns, "The columns that tell groups of rows apart."),
    .init("statistics", \.statistics, "What is made of the numbers: a list, one column each."),
    .init("ddof", \.ddof, in: 0...1, "What std takes from n: 0 population, 1 sample."),
    .init("unseen", \.unseen, "What rows of a group get that the fit didn't see."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(["f", "i"]) { $0.groupColumns = ["a"] },
      Self(.numeric) {
        ($0.groupColumns, $0.statistics) = (["a", "l"], GroupStatistic.allCases)
        ($0.ddof, $0.unseen) = (0, .global)
      },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// The columns that tell groups of rows apart.
  public var groupColumns: [String] = []
  /// What is made of the numbers.
  public var statistics = [GroupStatistic.mean]
  /// What `std` takes from the number of values before dividing by it.
  public var ddof = 1
  /// What rows of a group get that the fit didn't see.
  public var unseen = UnseenGroup.missing
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .exact }
  /// It makes numbers of other rows' numbers.
  public var purposes: Purposes { .combines }

  /// What groups come to.
  public struct Learned: SavedByFields {
    /// The groups.
    public var keys = GroupKeys()
    /// For each statistic, each group's number.
    public var numbers: [[Double?]] = []
    /// For each statistic, the number of an unseen group.
    public var unseen: [Double?] = []
    /// Everything at its default.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("groups", \.keys), .init("numbers", \.numbers), .init("unseen", \.unseen),
    ]
  }
}

extension GroupAggregate {
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    try requireDifferent(statistics)
    if groupColumns.isEmpty {
      throw PrepError(
        .value, "'by': expected columns, found none",
        hint: "name the columns that tell groups of rows apart")
    }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] {
    var questions: [Statistic] = []
    for statistic in statistics where !questions.contains(statistic.question) {
      questions.append(statistic.question)
    }
    return questions.map { .grouped($0) } + (unseen == .global ? questions : [])
  }
  /// What it learns of the column.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> Learned {
    var learned = Learned()
    guard let groups = answers.groups else { return learned }
    learned.keys = groups.keys
    for statistic in statistics {
      func number(_ answers: Answers) -> Double? {
        statistic.value(answers, ddof: ddof).flatMap { $0.isFinite ? $0 : nil }
      }
      learned.numbers.append(groups.answers.map(number))
      learned.unseen.append(unseen == .global ? number(answers) : nil)
    }
    return learned
  }
  /// Whether it can have been learned.
  public func check(_ loaded: Learned, for field: Field) throws(PrepError) {
    try requireLearned(
      loaded.unseen.count == statistics.count && loaded.numbers.count == statistics.count
        && loaded.numbers.allSatisfy { $0.count == loaded.keys.count },
      "a number of each group for each statistic")
  }
  /// What comes of the column: itself, then a column for each statistic.
  public func outputs(for field: Field, _ learned: Learned?) -> [Output] {
    let groups = groupColumns.joined(separator: "_")
    return [.same(field.type)]
      + statistics.map {
        .made(
          "\($0.rawValue)_by_\(groups)", "{column}_{value}", $0 == .count ? .integer : .float)
      }
  }
  /// Opens the work.
  public func kernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel {
    let index = GroupIndex(learned.keys)
    // An unseen group is -1.
    let numbers = zip(learned.unseen, learned.numbers).map { [$0] + $1 }
    let statistics = statistics
    return { block, run in
      let groups = index.groups(of: block, slots.keys)
      run.count("rows of unseen groups", groups.count { $0 < 0 })
      for (i, slot) in slots.outputs.dropFirst().enumerated() {
        let out = block.columns[slot]
        let isCount = statistics[i] == .count
        out.prepare(isCount ? .integers : .floats, count: block.count)
        for (row, group) in groups.enumerated() {
          guard let number = numbers[i][group + 1] else {
            out.missing[row] = true
            continue
          }
          if isCount {
            out.integers[row] = Int64(exactly: number) ?? 0
          } else {
            out.floats[row] = number
          }
        }
      }
    }
  }
}
