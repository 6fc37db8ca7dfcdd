public import DLPrepData

/// A stage that looks at other rows: of the same group (`by`), in the order of a column
/// (`order_by`).
///
/// Rows must come in that order, group by group or mixed; a row that comes before an earlier one
/// of its group, or has no `order_by`, is an error with its place, in training and in serving. In
/// training a `sort` step before it may bring the rows into order; equal ones stay as they come.
/// Earlier rows stream: what a group's next row has to know is in a `State`, which the engine keeps
/// for each group from block to block, on one worker. Of later rows a row without a value may ask
/// for the next value of its group (`lookAhead`); the engine then holds blocks back until it has
/// come, or can't come any more. Rows that come one by one (`RowApplication`) have no later ones.
///
/// A run starts every group afresh: the training rows, the test rows of a split, and each table in
/// serving (for `RowApplication`: the rows given to it, one after the other). With `carriesState`
/// the artifact holds each group's state after the last training row, and serving goes on from
/// there; then no served row may come before the training rows of its group.
public protocol SequenceStage: Stage {
  /// What a group's next row has to know of the earlier ones, of one column.
  associatedtype State: Savable
  /// The column that rows are ordered by: integer, float, date or timestamp.
  var orderBy: String? { get }
  /// Whether serving goes on where training ended.
  var carriesState: Bool { get }
  /// How far rows without a value look ahead; nil: only earlier rows are seen.
  ///
  /// A stage that looks ahead can't carry its state.
  var lookAhead: LookAhead? { get }
  /// Whether it can take a column of this type.
  func accepts(_ field: Field) -> Bool
  /// What comes of the column.
  func outputs(for field: Field) -> [Output]
  /// What is known before the first row of a group.
  func start(_ field: Field) -> State
  /// Works on a block of one column, row by row, and brings the states up to date.
  ///
  /// `states` has an element for each group in `rows.groups`.
  func work(
    _ block: Block, _ slots: Slots, for field: Field, _ rows: GroupedRows,
    _ states: inout [State], _ run: RunContext)
}

extension SequenceStage {
  /// One block after the other.
  public var needsOrder: Bool { true }
  /// Only earlier rows are seen.
  public var lookAhead: LookAhead? { nil }
  /// Each run starts afresh.
  public var carriesState: Bool { false }
}
