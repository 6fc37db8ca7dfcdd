package import DLPrepBytes
package import DLPrepData

/// One column of a fitted step, its stage's type erased: what was learned and how to work with it.
package protocol FittedColumn: Sendable {
  /// The column it was fitted on.
  var column: String { get }
  /// What the column was for.
  var role: Role { get }
  /// What was learned, as the artifact holds it.
  var saved: JSON { get }
  /// An error where that can't have been learned of such a column.
  func check(for field: Field) throws(PrepError)
  /// What comes of the column.
  func outputs(for field: Field) -> [Output]
  /// Opens the work for one worker.
  func open(_ field: Field, _ slots: Slots) -> Kernel
  /// Opens the way back for one worker; nil: the column comes back as it stands.
  func openInverse(_ field: Field, _ slots: Slots) -> Kernel?
  /// The type of what comes back.
  func restoredType(of field: Field) -> DataType
}

/// A fitted column of one stage.
package struct LearnedColumn<S: ColumnStage>: FittedColumn {
  let stage: S
  package let column: String
  package let role: Role
  let learned: S.Learned

  package var saved: JSON { learned.saved }

  package func check(for field: Field) throws(PrepError) { try stage.check(learned, for: field) }

  package func outputs(for field: Field) -> [Output] { stage.outputs(for: field, learned) }

  package func open(_ field: Field, _ slots: Slots) -> Kernel {
    stage.kernel(learned, for: field, slots)
  }

  package func openInverse(_ field: Field, _ slots: Slots) -> Kernel? {
    stage.inverseKernel(learned, for: field, slots)
  }

  package func restoredType(of field: Field) -> DataType { stage.restoredType(of: field) }
}

/// A fitted step across columns or rows, its stage's type erased.
package protocol FittedBlock: Sendable {
  /// What was learned, as the artifact holds it.
  var saved: JSON { get }
  /// An error where that can't have been learned of such columns.
  func check(for fields: [Field]) throws(PrepError)
  /// What becomes of the chosen columns.
  func fates(of fields: [Field]) -> [Fate]
  /// The new columns it makes of the chosen ones.
  func made(from fields: [Field]) throws(PrepError) -> [Field]
  /// What is left to do without some of the chosen columns; nil: nothing.
  func without(_ columns: [String], leaving count: Int) throws(PrepError) -> (any FittedBlock)?
  /// Opens the work for one worker.
  func open(_ slots: [Int], made: [Int]) -> Kernel
  /// Opens the way back for one worker; nil: what was changed comes back as it stands.
  func openInverse(_ slots: [Int], made: [Int]) -> Kernel?
  /// The SHA-256 of the table that it looks things up in; nil where it has none.
  var tableHash: String? { get }
}

extension FittedBlock {
  /// None.
  package var tableHash: String? { nil }
  /// What was changed comes back as it stands.
  package func openInverse(_ slots: [Int], made: [Int]) -> Kernel? { nil }
}

/// A fitted step of one block stage.
package struct LearnedBlock<S: BlockStage>: FittedBlock {
  let stage: S
  let fitted: S.Fitted

  package var saved: JSON { fitted.saved }

  package func check(for fields: [Field]) throws(PrepError) { try stage.check(fitted, for: fields) }

  package var tableHash: String? { (fitted as? any FittedTableStage)?.tableHash }

  package func fates(of fields: [Field]) -> [Fate] { stage.fates(of: fields, fitted) }

  package func made(from fields: [Field]) throws(PrepError) -> [Field] {
    try stage.made(from: fields, fitted)
  }

  package func without(
    _ columns: [String], leaving count: Int
  ) throws(PrepError) -> (any FittedBlock)? {
    try fitted.without(columns, leaving: count).map { LearnedBlock(stage: stage, fitted: $0) }
  }

  package func open(_ slots: [Int], made: [Int]) -> Kernel { fitted.kernel(slots, made: made) }

  package func openInverse(_ slots: [Int], made: [Int]) -> Kernel? {
    fitted.inverseKernel(slots, made: made)
  }
}
