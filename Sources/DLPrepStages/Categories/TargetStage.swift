public import DLPrepData
public import DLPrepPipeline

/// A stage that replaces a category by something made of the targets in its rows.
public protocol TargetStage: ColumnStage {}

extension TargetStage {
  /// The shared keys it takes.
  public static var commonKeys: CommonKeys { .encoder }
  /// Where it acts if the file doesn't say.
  public static var defaultColumns: Selector? { .category }
  /// It looks at the target.
  public var isSupervised: Bool { true }
  /// It encodes categories, each training row without its own target.
  public var purposes: Purposes { [.encodes, .shields] }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isKeyed || field.type == .integer }
}

/// A stage of them that makes a number for each class of the target, or one of a target of numbers.
public protocol TargetMeanStage: TargetStage where Learned == TargetEncode.Learned {}

extension TargetMeanStage {
  /// Whether it can have been learned.
  public func check(_ loaded: TargetEncode.Learned, for field: Field) throws(PrepError) {
    try requireLearned(
      loaded.encodings.count == max(1, loaded.classes.count)
        && loaded.encodings.allSatisfy { $0.count == loaded.values.count + 2 },
      "an encoding of each category for each class")
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: TargetEncode.Learned?) -> [Output] {
    guard let learned, !learned.classes.isEmpty else { return [.same(.float)] }
    return learned.classes.map { .made($0, "{column}={value}", .float) }
  }
  /// Opens the work on serving rows.
  public func kernel(
    _ learned: TargetEncode.Learned, for field: Field, _ slots: Slots
  ) -> Kernel {
    FoldEncoding(learned.values, for: self).serving(learned.encodings, slots)
  }
}

/// A stage of them whose training rows are encoded by the rows outside of their fold.
public protocol FoldedStage: TargetStage {
  /// How training rows fall into folds.
  var folds: FoldChoice { get set }
  /// Rows with the same value of this column share a fold.
  var foldBy: String? { get set }
}

extension FoldedStage {
  /// The parameters that say how training rows fall into folds.
  static var foldParameters: [Parameter<Self>] {
    [
      .init("folds", \.folds, "How many folds, or {column: name} of a column that holds them."),
      .init("fold_by", \.foldBy, "Rows with the same value of this column share a fold.")
        .otherwise("row number"),
    ]
  }
  /// The columns whose values make folds.
  public var keyColumns: [String] { folds.keyColumns(foldBy) }
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    if case .column = folds, foldBy != nil {
      throw PrepError(.value, "expected 'fold_by' or a column of folds, found both")
    }
  }
}
