public import DLPrepData
public import DLPrepPipeline

/// A stage that makes something of numbers and of those that stood before them: what `lag`,
/// `difference`, `rolling` and `expanding` have in common, and `fill` in part.
public protocol OrderedStage: SequenceStage {
  /// The columns that tell groups apart.
  var groupColumns: [String] { get set }
  /// The column that rows are ordered by.
  var orderBy: String? { get set }
  /// Whether serving starts afresh.
  var history: History { get set }
}

extension OrderedStage {
  /// The shared keys it takes.
  public static var commonKeys: CommonKeys { [.columns, .name] }
  /// The parameters that say which rows came before.
  static var orderParameters: [Parameter<Self>] {
    [
      .init("by", \.groupColumns, "The columns that tell groups of rows apart."),
      .init("order_by", \.orderBy, "The column that rows are ordered by."),
      .init("history", \.history, "Whether serving starts afresh or carries on from training."),
    ]
  }
  /// The column itself stays as it is.
  public var inverse: Inverse { .exact }
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) { try requireOrder() }
  /// Whether serving goes on where training ended.
  public var carriesState: Bool { history == .carry }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
}

extension OrderedStage where State == PastNumbers {
  /// Nothing is known before the first row.
  public func start(_ field: Field) -> PastNumbers { PastNumbers() }
}
