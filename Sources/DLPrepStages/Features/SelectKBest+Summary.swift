public import DLPrepData
public import DLPrepPipeline

extension SelectKBest {
  /// What is gathered of the features and the target.
  public struct Summary: BlockSummary {
    let features: FeatureList
    private let score: Score
    private let target: Answers.Target?
    private var missing = FirstMissing()
    private var classes: ClassMoments?
    private var correlations: TargetCorrelations?
    private var information: MutualInformation?

    /// The most sums by feature and class: they need 2 GB.
    private static let limit = 2_000_000

    init(_ score: Score, _ features: FeatureList, _ target: Answers.Target?) {
      (self.features, self.score, self.target) = (features, score, target)
      guard let target else { return }
      let count = target.classes.count
      switch score {
      case .variance, .chiSquare:
        if count > 0, !isTooLarge { classes = ClassMoments(features, classes: count) }
      case .regression: if count == 0 { correlations = TargetCorrelations(features) }
      case .mutualInformation: information = MutualInformation(features, target)
      }
    }

    private var isTooLarge: Bool {
      features.count * max(1, target?.classes.count ?? 0) > Self.limit
    }

    /// Takes in rows.
    public mutating func observe(
      _ block: Block, slots: [Int], target: [Double], threads: SpareThreads
    ) {
      missing.look(at: block, slots: slots)
      // What holds missing values is refused; only their places are wanted then.
      guard missing.isNone else { return }
      classes?.observe(block, slots, target)
      correlations?.observe(block, slots, target)
      information?.observe(block, slots, target)
    }

    /// Adds those of later rows.
    public mutating func merge(_ later: Summary) {
      missing.merge(later.missing)
      if let other = later.classes { classes?.merge(other) }
      if let other = later.correlations { correlations?.merge(other) }
      if let other = later.information { information?.merge(other) }
    }

    /// A regression needs a second look; what neighbours tell is found at the end.
    public mutating func needsAnotherSweep(threads: SpareThreads) -> Bool {
      information?.judge(threads)
      return missing.isNone && correlations?.needsAnotherSweep() ?? false
    }

    /// Refuses what can't be judged.
    func check() throws(PrepError) {
      try missing.refuse(features.fields)
      let hasClasses = target?.classes.isEmpty == false
      let name = target?.field.name ?? ""
      if hasClasses, score == .regression {
        throw PrepError(
          .type, "'f_regression' expected a number as target, found the classes of '\(name)'",
          hint: "choose score: f_classif, chi2 or mutual_info")
      }
      if !hasClasses, score == .variance || score == .chiSquare {
        throw PrepError(
          .type, "'\(score.rawValue)' expected a target of classes, found the number '\(name)'",
          hint: "choose score: f_regression or mutual_info, or declare it as category")
      }
      if score == .variance || score == .chiSquare, isTooLarge {
        throw PrepError(
          .limit, "expected at most \(Self.limit) features times classes, found more",
          hint: "choose fewer columns")
      }
      if score == .chiSquare, let negative = classes?.firstNegative {
        let column = features.fields[negative].name
        throw PrepError(
          .fit, "'chi2' expected numbers from 0 in column '\(column)', found one below",
          hint: "choose score: f_classif or mutual_info")
      }
      if correlations?.isFinite == false {
        throw PrepError(.fit, "expected numbers with a finite spread, found larger ones")
      }
    }

    /// The score of each feature; NaN where it can't be told.
    func scores() -> [Double] {
      if let information { return information.scores }
      return (0..<features.count).map { feature in
        if let correlations { return correlations.score(feature) }
        return (score == .variance ? classes?.variance(feature) : classes?.chiSquare(feature))
          ?? .nan
      }
    }
  }
}
