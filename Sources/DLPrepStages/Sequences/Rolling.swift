public import DLPrepData
public import DLPrepPipeline

/// Makes columns of what the last rows come to: mean, std, min, max, sum, median or count.
///
/// ```yaml
/// - rolling: {columns: price, statistics: [mean, max], window: 2, min_samples: 1, by: [shop], order_by: week}
/// ```
/// ```csv
/// shop,week,price
/// a,1,10
/// b,1,7
/// a,2,12
/// a,3,11
/// a,4,15
/// ```
/// becomes
/// ```csv
/// shop,week,price,price_mean_2,price_max_2
/// a,1,10,,
/// b,1,7,,
/// a,2,12,10.0,10.0
/// a,3,11,11.0,12.0
/// a,4,15,11.5,12.0
/// ```
/// A window is the `window` rows of the group before the current one, which is not among them, so
/// that a row never says anything about itself; with `closed: right` it is the current row and the
/// `window` - 1 before it, as in Polars. A window with fewer than `min_samples` values (by default
/// as many as its rows) gives a missing one; `count` is never missing. Sums are exact and rounded
/// once, wherever the window has been; `std` divides by n - `ddof`. Infinite values give no mean,
/// sum or std. Rows must come in the order of `order_by` within their group, in training and in
/// serving. Each table starts afresh, unless `history: carry` puts the last rows of each group into
/// the artifact: then serving goes on where training ended. Same as Polars
/// `rolling_mean(...).over()`, shifted by one row. Cost: none at fit.
public struct Rolling: OrderedStage {
  /// The key in pipeline files.
  public static let name = "rolling"
  /// One sentence for listings.
  public static let summary =
    "Makes columns of what the last rows come to: mean, std, min, max, sum, median or count."
  /// What others call it.
  public static let otherNames = [
    "rolling_mean", "WindowFeatures", "step_window", "moving_average", "slide",
  ]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] =
    [
      .init("statistics", \.statistics, "What is made of the numbers: a list, one column each."),
      .init("window", \.window, in: 1...10_000, "How many rows a window has."),
      Parameter(
        "min_samples", \.minSamples, in: 1...10_000, "How many values a window needs at least."
      ).otherwise("as many as the window has rows"),
      .init(
        "closed", \.closed, "Whether the current row is in the window: left without, right with."),
      .init("ddof", \.ddof, in: 0...1, "What std takes from n: 0 population, 1 sample."),
    ] + orderParameters
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(["f"]) { ($0.orderBy, $0.window) = ("time", 2) },
      Self(["i", "f"]) {
        ($0.statistics, $0.window, $0.minSamples) = (WindowStatistic.allCases, 4, 1)
        ($0.orderBy, $0.groupColumns) = ("time", ["group", "l"])
      },
      Self(["p", "i"]) {
        ($0.statistics, $0.window, $0.minSamples, $0.closed) = ([.std, .median], 40, 2, .right)
        ($0.ddof, $0.orderBy, $0.groupColumns, $0.history) = (0, "time", ["group"], .carry)
      },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// What is made of the numbers.
  public var statistics = [WindowStatistic.mean]
  /// How many rows a window has.
  public var window = 7
  /// How many values a window needs at least; nil: as many as it has rows.
  public var minSamples: Int?
  /// Whether the current row is in the window.
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

extension Rolling {
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    try requireOrder()
    try requireDifferent(statistics)
    if let minSamples, minSamples > window {
      throw PrepError(
        .value, "expected 'min_samples' of at most 'window' (\(window)), found \(minSamples)")
    }
  }
  /// What comes of the column: itself, then a column for each statistic.
  public func outputs(for field: Field) -> [Output] {
    [.same(field.type)]
      + statistics.map {
        .made("\($0.rawValue)_\(window)", "{column}_{value}", $0 == .count ? .integer : .float)
      }
  }
  /// No number is known before the first row.
  public func start(_ field: Field) -> NumberWindow { NumberWindow() }

  /// Works on a block.
  public func work(
    _ block: Block, _ slots: Slots, for field: Field, _ rows: GroupedRows,
    _ states: inout [NumberWindow], _ run: RunContext
  ) {
    let column = block.columns[slots.input]
    let made = slots.outputs.dropFirst().map { block.columns[$0] }
    for (out, statistic) in zip(made, statistics) {
      out.prepare(statistic == .count ? .integers : .floats, count: block.count)
    }
    let needed = minSamples ?? window
    for (row, group) in rows.groups.enumerated() {
      if closed == .right { states[group].push(column.number(row), limit: window) }
      let count = states[group].count
      for (out, statistic) in zip(made, statistics) {
        if statistic == .count {
          out.integers[row] = Int64(count)
        } else {
          out.put(count < needed ? nil : states[group].value(statistic, ddof: ddof), row)
        }
      }
      if closed == .left { states[group].push(column.number(row), limit: window) }
    }
  }
}
