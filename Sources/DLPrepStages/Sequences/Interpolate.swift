public import DLPrepData
public import DLPrepPipeline

/// Fills missing numbers on the straight line between the values before and after them.
///
/// ```yaml
/// - interpolate: {columns: price, by: [shop], order_by: week}
/// ```
/// ```csv
/// shop,week,price
/// a,1,10
/// b,1,
/// a,2,
/// a,5,4
/// b,2,7
/// a,6,
/// ```
/// becomes
/// ```csv
/// shop,week,price
/// a,1,10.0
/// b,1,
/// a,2,8.5
/// a,5,4.0
/// b,2,7.0
/// a,6,
/// ```
/// The line runs over `order_by`: a row halfway between two weeks gets the number halfway between
/// their values. What has no value before or after it in its group stays missing, and so does a gap
/// of more than `max_gap` rows. Rows must come in the order of `order_by` within their group, in
/// training and in serving, where each table starts afresh. Rows that wait for their next value are
/// held back: at most `look_ahead` rows of the table may come meanwhile, more are an error; rows
/// served one by one can't be interpolated. Same as Polars `interpolate_by().over()`, but a row at
/// the same point as both values gets the earlier one. Cost: none at fit.
public struct Interpolate: SequenceStage {
  /// The key in pipeline files.
  public static let name = "interpolate"
  /// One sentence for listings.
  public static let summary =
    "Fills missing numbers on the straight line between the values before and after them."
  /// What others call it.
  public static let otherNames = ["interpolate_by", "na.approx", "fill_linear"]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.columns, .name, .keepOriginal]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("max_gap", \.maxGap, in: 1...Int.max, "How many rows a gap has at most to be filled."),
    .init("by", \.groupColumns, "The columns that tell groups of rows apart."),
    .init("order_by", \.orderBy, "The column that rows are ordered by."),
    .init("look_ahead", \.rowsAhead, in: 1...Int.max, LookAhead.help),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(["f", "i"]) { $0.orderBy = "time" },
      Self(["p", "i"]) {
        ($0.maxGap, $0.orderBy, $0.groupColumns, $0.rowsAhead) = (1, "time", ["group"], 50)
      },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// How many rows a gap has at most to be filled.
  public var maxGap: Int?
  /// The columns that tell groups apart.
  public var groupColumns: [String] = []
  /// The column that rows are ordered by.
  public var orderBy: String?
  /// How many rows may come while a row waits.
  public var rowsAhead = LookAhead.defaultRows
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .lossy("what was filled in stays") }

  /// It fills with what other rows have.
  public var purposes: Purposes { .continues }

  /// The last value of a group.
  public struct State: SavedByFields {
    /// The value; nil: there was none.
    public var value: Double?
    /// The number by which its row is ordered.
    public var order = 0.0
    /// How many rows of the group came before it.
    public var place = 0
    /// No value yet.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("value", \.value), .init("order", \.order), .init("place", \.place),
    ]
  }
}

extension Interpolate {
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) { try requireOrder() }
  /// How far rows without a value look ahead.
  public var lookAhead: LookAhead? { LookAhead(reach: maxGap ?? .max, rows: rowsAhead) }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// The column in its place.
  public func outputs(for field: Field) -> [Output] { [.same(.float)] }
  /// No value yet.
  public func start(_ field: Field) -> State { State() }

  /// Works on a block.
  public func work(
    _ block: Block, _ slots: Slots, for field: Field, _ rows: GroupedRows,
    _ states: inout [State], _ run: RunContext
  ) {
    let column = block.columns[slots.input]
    column.convertToFloats()
    for (row, group) in rows.groups.enumerated() {
      if !column.missing[row] {
        states[group].value = column.floats[row]
        states[group].order = rows.order[row]
        states[group].place = rows.places[row]
        continue
      }
      guard let before = states[group].value, let later = rows.later[row],
        let after = later.column.number(later.row),
        later.place - states[group].place - 1 <= maxGap ?? .max
      else { continue }
      let (start, end) = (states[group].order, later.order)
      let value = Self.between(before, after, at: rows.order[row], from: start, to: end)
      column.put(value, row)
      column.missing[row] = value.isNaN
    }
  }

  /// The number on the line from one value to another.
  static func between(
    _ before: Double, _ after: Double, at point: Double, from start: Double, to end: Double
  ) -> Double {
    if point == start || before == after { return before }
    if point == end { return after }
    let share = (point - start) / (end - start)
    let rise = after - before
    return rise.isFinite ? before + rise * share : before * (1 - share) + after * share
  }
}

extension LookAhead {
  /// How many rows may come while a row waits, where nothing else is said.
  static let defaultRows = 1_000_000
  /// What the parameter means.
  static let help = "How many rows of the table may come while a row waits for its next value."
}
