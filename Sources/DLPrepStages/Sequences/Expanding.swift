public import DLPrepData
public import DLPrepPipeline

/// Makes columns of what all rows before come to: mean, std, min, max, sum or count.
///
/// ```yaml
/// - expanding: {columns: price, statistics: [mean, count], by: [shop], order_by: week}
/// ```
/// ```csv
/// shop,week,price
/// a,1,10
/// b,1,7
/// a,2,12
/// a,3,11
/// ```
/// becomes
/// ```csv
/// shop,week,price,price_cummean,price_cumcount
/// a,1,10,,0
/// b,1,7,,0
/// a,2,12,10.0,1
/// a,3,11,11.0,2
/// ```
/// Taken are all rows of the group before the current one, without it, so that a row never says
/// anything about itself; with `closed: right` the current row is among them. Fewer than
/// `min_samples` values give a missing one; `count` is never missing. Sums are exact and rounded
/// once; `std` divides by n - `ddof`. Infinite values give no mean, sum or std from there on. Rows
/// must come in the order of `order_by` within their group, in training and in serving. Each table
/// starts afresh, unless `history: carry` puts what each group's rows come to into the artifact:
/// then serving goes on where training ended. Same as pandas `groupby().expanding()`, shifted by
/// one row. Cost: none at fit.
public struct Expanding: OrderedStage {
  /// The key in pipeline files.
  public static let name = "expanding"
  /// One sentence for listings.
  public static let summary =
    "Makes columns of what all rows before come to: mean, std, min, max, sum or count."
  /// What others call it.
  public static let otherNames = [
    "cumulative", "cum_sum", "cumsum", "cum_mean", "ExpandingWindowFeatures",
  ]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] =
    [
      .init("statistics", \.statistics, "What is made of the numbers: a list, one column each."),
      .init(
        "min_samples", \.minSamples, in: 1...Int.max, "How many values are needed at least."),
      .init("closed", \.closed, "Whether the current row is among them: left without, right with."),
      .init("ddof", \.ddof, in: 0...1, "What std takes from n: 0 population, 1 sample."),
    ] + orderParameters
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(["f"]) { $0.orderBy = "time" },
      Self(["i", "f"]) {
        ($0.statistics, $0.minSamples) = (RunningStatistic.allCases, 2)
        ($0.orderBy, $0.groupColumns) = ("time", ["group", "l"])
      },
      Self(["p", "i"]) {
        ($0.statistics, $0.closed, $0.ddof) = ([.std, .sum, .min], .right, 0)
        ($0.orderBy, $0.groupColumns, $0.history) = ("time", ["group"], .carry)
      },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// What is made of the numbers.
  public var statistics = [RunningStatistic.mean]
  /// How many values are needed at least.
  public var minSamples = 1
  /// Whether the current row is among them.
  public var closed = WindowEnd.left
  /// What `std` takes from the number of values before dividing by it.
  public var ddof = 1
  /// The columns that tell groups apart.
  public var groupColumns: [String] = []
  /// The column that rows are ordered by.
  public var orderBy: String?
  /// Whether serving starts afresh.
  public var history = History.fresh
  /// Everything at its default.
  public init() {}
}

extension Expanding {
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    try requireOrder()
    try requireDifferent(statistics)
  }
  /// What comes of the column: itself, then a column for each statistic.
  public func outputs(for field: Field) -> [Output] {
    [.same(field.type)]
      + statistics.map {
        .made("cum\($0.rawValue)", "{column}_{value}", $0 == .count ? .integer : .float)
      }
  }
  /// No number is known before the first row.
  public func start(_ field: Field) -> RunningNumbers {
    var state = RunningNumbers()
    if statistics.contains(where: \.needsSums) { state.sums = ExactMoments() }
    return state
  }

  /// Works on a block.
  public func work(
    _ block: Block, _ slots: Slots, for field: Field, _ rows: GroupedRows,
    _ states: inout [RunningNumbers], _ run: RunContext
  ) {
    let column = block.columns[slots.input]
    let made = slots.outputs.dropFirst().map { block.columns[$0] }
    for (out, statistic) in zip(made, statistics) {
      out.prepare(statistic == .count ? .integers : .floats, count: block.count)
    }
    for (row, group) in rows.groups.enumerated() {
      let number = column.number(row)
      if closed == .right, let number { states[group].push(number) }
      for (out, statistic) in zip(made, statistics) {
        if statistic == .count {
          out.integers[row] = Int64(states[group].count)
        } else {
          out.put(value(statistic, states[group]), row)
        }
      }
      if closed == .left, let number { states[group].push(number) }
    }
  }

  private func value(_ statistic: RunningStatistic, _ state: borrowing RunningNumbers) -> Double? {
    guard state.count >= minSamples else { return nil }
    switch statistic {
    case .mean: return state.sums?.mean
    case .sum: return state.sums?.sum.rounded
    case .std: return state.count > ddof ? state.sums?.standardDeviation(ddof: ddof) : nil
    case .min: return state.least
    case .max: return state.most
    case .count: return nil
    }
  }
}
