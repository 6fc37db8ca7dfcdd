public import DLPrepData

/// A stage that treats each of its columns on its own: the common case.
public protocol ColumnStage: Stage {
  /// What it learns of one column.
  associatedtype Learned: Savable
  /// Whether it can take a column of this type.
  func accepts(_ field: Field) -> Bool
  /// What it has to know of the column as it stands; asked again, with the answers, until nothing
  /// in it is new.
  func needs(_ field: Field, known: Answers) -> [Statistic]
  /// What it asks later, round by round, as far as that isn't in its first questions.
  func laterQuestions(_ field: Field) -> [LaterQuestion]
  /// What it learns from the answers.
  func learned(from answers: Answers, for field: Field) throws(PrepError) -> Learned
  /// An `artifact` error, by `requireLearned`, where what an artifact holds can't have been learned,
  /// so that the work could fall over it: artifacts may be edited.
  func check(_ loaded: Learned, for field: Field) throws(PrepError)
  /// What comes of the column; `learned` is nil before any data. None: the column is dropped.
  func outputs(for field: Field, _ learned: Learned?) -> [Output]
  /// Opens the work on one column: called once per worker, its result once per block.
  func kernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel
  /// The work on training rows, where it differs; nil: the same.
  func trainingKernel(
    _ learned: Learned, _ answers: Answers, for field: Field, _ slots: Slots
  )
    -> Kernel?
  /// Opens the way back, where `inverse` isn't none; nil: the column comes back as it stands.
  ///
  /// The slots are those of `kernel`, read the other way: the outputs are read, and the column that
  /// was there before is left in the input's slot, which may be that of the first output. Of a
  /// vector there is a slot of numbers for each component, instead of one. An output that isn't
  /// there has slot -1; only those that stand beside the column itself may be absent.
  func inverseKernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel?
  /// The type of what `inverseKernel` leaves.
  func restoredType(of field: Field) -> DataType
}

extension ColumnStage {
  /// Nothing is asked.
  public func needs(_ field: Field, known: Answers) -> [Statistic] { [] }
  /// The first questions are all.
  public func laterQuestions(_ field: Field) -> [LaterQuestion] { [] }
  /// Anything of the type will do.
  public func check(_ loaded: Learned, for field: Field) throws(PrepError) {}
  /// The column in its place, of the same type.
  public func outputs(for field: Field, _ learned: Learned?) -> [Output] { [.same(field.type)] }
  /// Training rows are treated as any other.
  public func trainingKernel(
    _ learned: Learned, _ answers: Answers, for field: Field, _ slots: Slots
  ) -> Kernel? { nil }
  /// The column comes back as it stands.
  public func inverseKernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel? { nil }
  /// The type that the column had, but that numbers come back as floats.
  public func restoredType(of field: Field) -> DataType {
    field.type == .integer ? .float : field.type
  }
}

extension ColumnStage where Learned == Nothing {
  /// Nothing is learned.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> Nothing {
    Nothing()
  }
}
