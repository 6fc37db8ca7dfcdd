public import DLPrepData
public import DLPrepPipeline

/// A stage that makes a number of each category by its targets: of all rows for serving, for a
/// training row of those outside of its fold.
public protocol FoldedMeanStage: TargetMeanStage, FoldedStage {
  /// The encoding of each category, then that of missing, then the mean of all rows.
  func encodings(_ part: CategoryTargets.Part) -> [Double]
}

extension FoldedMeanStage {
  /// The question, for each label that has a column.
  private func questions(_ known: Answers) -> [Statistic] {
    known.labels.map { .byCategory(folds.folds(by: foldBy), label: $0) }
  }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] { [.count] + questions(known) }
  /// What it learns of the column.
  public func learned(
    from answers: Answers, for field: Field
  ) throws(PrepError) -> TargetEncode.Learned {
    try answers.requireValues(of: field)
    var learned = TargetEncode.Learned()
    learned.classes = answers.labelNames
    for question in questions(answers) {
      let targets = answers.targets(question)
      try targets.requireFolds()
      learned.values = targets.values
      learned.encodings.append(encodings(targets.whole))
    }
    try requireFinite(learned.encodings.joined().reduce(0) { $0 + abs($1) }, of: field)
    return learned
  }
  /// Opens the work on training rows: each is encoded by the rows outside of its fold.
  public func trainingKernel(
    _ learned: TargetEncode.Learned, _ answers: Answers, for field: Field, _ slots: Slots
  ) -> Kernel? {
    let outside = questions(answers).map { answers.targets($0).outside.map(encodings) }
    return FoldEncoding(learned.values, for: self).training(outside, folds.folds(by: foldBy), slots)
  }
}
