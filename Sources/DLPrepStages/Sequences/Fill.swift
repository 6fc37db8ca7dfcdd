public import DLPrepData
public import DLPrepPipeline

/// Fills missing values with the last value before them, or the next one after them.
///
/// ```yaml
/// - fill: {columns: price, by: [shop], order_by: week, limit: 1}
/// ```
/// ```csv
/// shop,week,price
/// a,1,10
/// b,1,
/// a,2,
/// a,3,
/// b,2,7
/// ```
/// becomes
/// ```csv
/// shop,week,price
/// a,1,10
/// b,1,
/// a,2,10
/// a,3,
/// b,2,7
/// ```
/// At most `limit` rows after a value are filled; what has no value before it stays missing. Rows
/// must come in the order of `order_by` within their group, in training and in serving. Each table
/// starts afresh, unless `history: carry` puts the last value of each group into the artifact: then
/// serving goes on where training ended. With `direction: backward` the next value fills the rows
/// before it. These are held back until it comes: at most `look_ahead` rows of the table may come
/// meanwhile, more are an error; rows served one by one can't be filled backward. Same as Polars
/// `forward_fill().over()` and `backward_fill().over()`. Cost: none at fit.
public struct Fill: OrderedStage {
  /// The key in pipeline files.
  public static let name = "fill"
  /// One sentence for listings.
  public static let summary =
    "Fills missing values with the last value before them, or the next one after them."
  /// What others call it.
  public static let otherNames = [
    "ffill", "forward_fill", "fill_forward", "na.locf", "bfill", "backward_fill",
  ]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.columns, .name, .keepOriginal]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] =
    [
      .init("direction", \.direction, "Whether values go to the rows after or before them."),
      .init("limit", \.limit, in: 1...Int.max, "How many rows beside a value are filled at most."),
    ] + orderParameters + [
      .init("look_ahead", \.rowsAhead, in: 1...Int.max, LookAhead.help)
    ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(.all) { $0.orderBy = "time" },
      Self(["f", "i", "l", "a", "t", "day"]) {
        ($0.limit, $0.orderBy, $0.groupColumns, $0.history) = (1, "time", ["group"], .carry)
      },
      Self(.all) {
        ($0.direction, $0.orderBy, $0.groupColumns) = (.backward, "time", ["group"])
      },
      Self(["f", "i", "t"]) {
        ($0.direction, $0.limit, $0.orderBy, $0.rowsAhead) = (.backward, 1, "time", 3)
      },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// Whether values go to the rows after or before them.
  public var direction = FillDirection.forward
  /// How many rows beside a value are filled at most.
  public var limit: Int?
  /// The columns that tell groups apart.
  public var groupColumns: [String] = []
  /// The column that rows are ordered by.
  public var orderBy: String?
  /// Whether serving starts afresh.
  public var history = History.fresh
  /// How many rows may come while a row waits for its next value.
  public var rowsAhead = LookAhead.defaultRows
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .lossy("what was filled stays") }

  /// It fills with what other rows have.
  public var purposes: Purposes { .continues }

  /// The last value of a group, and for how many rows it was filled in.
  public struct State: SavedByFields {
    /// A whole number, day, instant or flag.
    public var integer: Int?
    /// A number.
    public var number: Double?
    /// A category or text: one string, or none.
    public var text = ByteStrings()
    /// How many rows came after it.
    public var age = 0
    /// No value yet.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("integer", \.integer), .init("number", \.number), .init("text", \.text),
      .init("age", \.age),
    ]
  }

  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    try requireOrder()
    if direction == .backward, history == .carry {
      throw PrepError(
        .value, "'history': expected fresh with 'direction: backward', found carry",
        hint: "what comes after a row isn't known from training")
    }
  }
  /// How far rows without a value look ahead.
  public var lookAhead: LookAhead? {
    direction == .forward ? nil : LookAhead(reach: limit ?? .max, rows: rowsAhead)
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { !field.type.isVector }
  /// The column in its place.
  public func outputs(for field: Field) -> [Output] { [.same(field.type)] }
  /// No value yet.
  public func start(_ field: Field) -> State { State() }

  /// Works on a block.
  public func work(
    _ block: Block, _ slots: Slots, for field: Field, _ rows: GroupedRows,
    _ states: inout [State], _ run: RunContext
  ) {
    let column = block.columns[slots.input]
    if direction == .backward { return fillBackward(column, rows) }
    // A decimal of an earlier block makes whole numbers floats.
    if column.storage == .integers, rows.groups.contains(where: { states[$0].number != nil }) {
      column.convertToFloats()
    }
    let filling = FilledColumn(column)
    // The row of this block that holds each group's last value; -1: the state does.
    var last = [Int](repeating: -1, count: states.count)
    for (row, group) in rows.groups.enumerated() {
      if !column.missing[row] {
        last[group] = row
        states[group].age = 0
        filling.keep(row)
        continue
      }
      states[group].age = min(states[group].age, Int.max - 1) + 1
      if states[group].age > limit ?? .max {
        filling.keep(row)
      } else if last[group] >= 0 {
        filling.fill(row, from: last[group])
      } else if !filling.fill(row, from: states[group]) {
        filling.keep(row)
      }
    }
    for (group, row) in last.enumerated() where row >= 0 { filling.save(row, in: &states[group]) }
    filling.end()
  }

  private func fillBackward(_ column: Column, _ rows: GroupedRows) {
    if column.storage == .integers, rows.later.contains(where: { $0?.column.storage == .floats }) {
      column.convertToFloats()
    }
    let filling = FilledColumn(column)
    for row in 0..<column.count {
      guard column.missing[row], let later = rows.later[row],
        later.place - rows.places[row] <= limit ?? .max
      else {
        filling.keep(row)
        continue
      }
      filling.fill(row, from: later.column, later.row)
    }
    filling.end()
  }
}

/// Where values go.
public enum FillDirection: String, Sendable, CaseIterable, ParameterValue {
  /// To the rows after them.
  case forward
  /// To the rows before them.
  case backward
}
