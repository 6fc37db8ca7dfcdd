public import DLPrepData
public import DLPrepPipeline

/// Makes columns of the values that stood some rows before.
///
/// ```yaml
/// - lag: {columns: price, by: [shop], order_by: week}
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
/// shop,week,price,price_lag1
/// a,1,10,
/// b,1,7,
/// a,2,12,10
/// a,3,11,12
/// ```
/// The first rows of a group have no earlier value: missing. Rows must come in the order of
/// `order_by` within their group, in training and in serving. Each table starts afresh, unless
/// `history: carry` puts the last training rows of each group into the artifact: then serving goes
/// on where training ended. Same as Polars `shift().over()`. Cost: none at fit.
public struct Lag: OrderedStage {
  /// The key in pipeline files.
  public static let name = "lag"
  /// One sentence for listings.
  public static let summary = "Makes columns of the values that stood some rows before."
  /// What others call it.
  public static let otherNames = ["shift", "LagFeatures", "step_lag"]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] =
    [
      .init("periods", \.periods, "How many rows before: a list, one column each.")
    ] + orderParameters
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(["f"]) { $0.orderBy = "time" },
      Self(["i", "f"]) {
        ($0.periods, $0.orderBy, $0.groupColumns) = ([1, 3], "time", ["group", "l"])
      },
      Self(["f", "i"]) {
        ($0.orderBy, $0.groupColumns, $0.history) = ("time", ["group"], .carry)
      },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// How many rows before.
  public var periods = [1]
  /// The columns that tell groups apart.
  public var groupColumns: [String] = []
  /// The column that rows are ordered by.
  public var orderBy: String?
  /// Whether serving starts afresh.
  public var history = History.fresh
  /// Everything at its default.
  public init() {}
}

extension Lag {
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    try requireOrder()
    guard !periods.isEmpty, periods.allSatisfy({ (1...10_000).contains($0) }) else {
      throw PrepError(
        .value, "'periods': expected numbers of rows from 1 to 10000",
        hint: "the rows after one aren't known yet when it is served")
    }
  }
  /// What comes of the column: itself, then a column for each lag.
  public func outputs(for field: Field) -> [Output] {
    [.same(field.type)] + periods.map { .made("lag\($0)", "{column}_{value}", field.type) }
  }

  /// Works on a block.
  public func work(
    _ block: Block, _ slots: Slots, for field: Field, _ rows: GroupedRows,
    _ states: inout [PastNumbers], _ run: RunContext
  ) {
    let column = block.columns[slots.input]
    let isWhole = column.isWhole(&states, rows)
    let made = slots.outputs.dropFirst().map { block.columns[$0] }
    for out in made { out.prepare(isWhole ? .integers : .floats, count: block.count) }
    let most = periods.max() ?? 1
    for (row, group) in rows.groups.enumerated() {
      for (out, back) in zip(made, periods) {
        if isWhole {
          if let value = states[group].integer(back) {
            out.integers[row] = Int64(value)
          } else {
            out.missing[row] = true
          }
        } else if let value = states[group].number(back) {
          out.floats[row] = value
        } else {
          out.missing[row] = true
        }
      }
      states[group].push(column, row, limit: most)
    }
  }
}
