extension Lint {
  /// Every lint, by name.
  public static let all: [Lint] = [
    capAfterScale, dropAndIgnore, dropFirstUnknown, groupAcrossFolds, groupAcrossSplit, idInStep,
    idLikeEncoded, noSplit, randomSplitOfTime, rowsDroppedAtApply, scaleBeforeImpute, scaledTwice,
    supervisedWithoutFolds, targetCopy, targetInStep, unusedColumn, unusedIgnore, wideOutput,
  ].sorted { $0.name < $1.name }
}
