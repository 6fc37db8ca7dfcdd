public import DLPrepData
public import DLPrepPipeline

/// Makes columns of how much a value differs from an earlier one.
///
/// ```yaml
/// - difference: {columns: price, order_by: week}
/// ```
/// ```csv
/// week,price
/// 1,10
/// 2,12
/// 3,11
/// ```
/// becomes
/// ```csv
/// week,price,price_diff1
/// 1,10,
/// 2,12,2
/// 3,11,-1
/// ```
/// The first rows of a group have no earlier value: missing. A difference of whole numbers that 64
/// bits can't hold is missing, too, and counted. Rows must come in the order of `order_by` within
/// their group, in training and in serving. Each table starts afresh, unless `history: carry` puts
/// the last training rows of each group into the artifact: then serving goes on where training
/// ended. Same as Polars `diff().over()`. Cost: none at fit.
public struct Difference: OrderedStage {
  /// The key in pipeline files.
  public static let name = "difference"
  /// One sentence for listings.
  public static let summary = "Makes columns of how much a value differs from an earlier one."
  /// What others call it.
  public static let otherNames = ["diff", "delta", "step_diff"]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] =
    [
      .init("periods", \.periods, in: 1...10_000, "How many rows before the earlier value stands.")
    ] + orderParameters
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(["f"]) { $0.orderBy = "time" },
      Self(["i", "f"]) {
        ($0.periods, $0.orderBy, $0.groupColumns, $0.history) = (2, "time", ["group"], .carry)
      },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// How many rows before the earlier value stands.
  public var periods = 1
  /// The columns that tell groups apart.
  public var groupColumns: [String] = []
  /// The column that rows are ordered by.
  public var orderBy: String?
  /// Whether serving starts afresh.
  public var history = History.fresh
  /// Everything at its default.
  public init() {}

  /// What comes of the column: itself, then the difference.
  public func outputs(for field: Field) -> [Output] {
    [.same(field.type), .made("diff\(periods)", "{column}_{value}", field.type)]
  }

  /// Works on a block.
  public func work(
    _ block: Block, _ slots: Slots, for field: Field, _ rows: GroupedRows,
    _ states: inout [PastNumbers], _ run: RunContext
  ) {
    let column = block.columns[slots.input]
    let out = block.columns[slots.outputs[1]]
    let isWhole = column.isWhole(&states, rows)
    out.prepare(isWhole ? .integers : .floats, count: block.count)
    var overflows = 0
    for (row, group) in rows.groups.enumerated() {
      out.missing[row] = true
      if !column.missing[row] {
        if isWhole, let before = states[group].integer(periods) {
          let (value, overflows64) = column.integers[row].subtractingReportingOverflow(
            Int64(before))
          if overflows64 {
            overflows += 1
          } else {
            out.integers[row] = value
            out.missing[row] = false
          }
        } else if !isWhole, let before = states[group].number(periods) {
          let value =
            column.storage == .floats ? column.floats[row] : Double(column.integers[row])
          out.floats[row] = value - before
          out.missing[row] = false
        }
      }
      states[group].push(column, row, limit: periods)
    }
    run.count("differences beyond 64 bits", overflows)
  }
}
