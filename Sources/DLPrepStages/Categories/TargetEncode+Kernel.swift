public import DLPrepData
public import DLPrepPipeline

extension TargetEncode {
  /// Opens the work on serving rows.
  public func kernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel {
    FoldEncoding(learned.values, for: self).serving(learned.encodings, slots)
  }

  /// Opens the work on training rows: each is encoded by the rows outside of its fold.
  public func trainingKernel(
    _ learned: Learned, _ answers: Answers, for field: Field, _ slots: Slots
  ) -> Kernel? {
    let outside = questions(answers).map { answers.targets($0).outside.map(encodings) }
    return FoldEncoding(learned.values, for: self).training(outside, folds.folds(by: foldBy), slots)
  }
}
