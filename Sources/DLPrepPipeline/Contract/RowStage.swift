public import DLPrepData

/// A stage that chooses, repeats, arranges or makes up training rows.
///
/// It acts on training rows only (`when: fit`): test rows and serving rows never pass through it.
/// The engine gathers every column by its answer, whether or not the stage chose it, and enters
/// into the ledger how many rows were added and dropped.
public protocol RowStage: Stage {
  /// Whether it can take a column of this type.
  func accepts(_ field: Field) -> Bool
  /// The training rows as they are to be; called once.
  func arrangement(of rows: TrainingView) throws(PrepError) -> Arrangement
}

extension RowStage {
  /// It acts on training rows only.
  public var removesRows: Bool { true }
  /// Where a table is served it does nothing.
  public var inverse: Inverse { .exact }
  /// It looks at them as they are.
  public func accepts(_ field: Field) -> Bool { true }
}

/// The training rows as a row stage wants them.
///
/// Where the rows are a part of the old ones in their order, rows stay where they were among the
/// test rows. Else the training output is all training rows in this order, then the test rows.
public struct Arrangement: Sendable {
  /// Where each row comes from: positions in the training rows; a position may repeat.
  public var rows: [Int]
  /// Other values of the chosen columns, in their order, for the last of the rows.
  ///
  /// Each column has as many values as rows are made up, in a storage that fits the column's type
  /// (an integer column may get floats). The columns that weren't chosen, and the record number,
  /// are those of the rows that `rows` names.
  public var madeUp: [Column]

  /// The rows at the given positions, in that order.
  public init(rows: [Int], madeUp: [Column] = []) {
    self.rows = rows
    self.madeUp = madeUp
  }
}
