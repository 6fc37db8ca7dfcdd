public import DLPrepData
public import DLPrepPipeline

/// Repeats or drops training rows, so that no class of the target is rare.
///
/// ```yaml
/// dlprep: 1
/// schema: {columns: {y: {type: category, role: target}}}
/// steps:
///   - resample: {strategy: over}
/// ```
/// ```csv
/// a,y
/// 1,no
/// 2,yes
/// 3,no
/// ```
/// becomes
/// ```csv
/// a,y
/// 1,no
/// 2,yes
/// 3,no
/// 2,yes
/// ```
/// Afterwards no class has fewer rows than `ratio` times those of another one (rounded down).
/// `over` repeats rows of the rarer classes: all of a class equally often, the rest by chance; the
/// copies come after all other rows. `under` drops rows of the more frequent classes by chance.
/// Chance is a hash of the pipeline's seed and the row's number in the input, so that the same rows
/// are chosen however the work is done. It acts on training rows only. As imbalanced-learn
/// `RandomOverSampler` and `RandomUnderSampler`, with other random numbers. Cost: a number a row.
public struct Resample: RowStage {
  /// The key in pipeline files.
  public static let name = "resample"
  /// One sentence for listings.
  public static let summary =
    "Repeats or drops training rows, so that no class of the target is rare."
  /// What others call it.
  public static let otherNames = [
    "RandomOverSampler", "RandomUnderSampler", "step_upsample", "step_downsample", "balance",
  ]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.when]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("strategy", \.strategy, "Whether rows are repeated (over) or dropped (under)."),
    .init(
      "ratio", \.ratio, in: 0.001...1,
      "How many rows the rarest class has for each row of the most frequent one."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    var under = Self()
    (under.strategy, under.ratio) = (.under, 0.8)
    return [Self(), under]
  }
  /// The keys that stages share.
  public var common = Common()
  /// Whether rows are repeated or dropped.
  public var strategy = Strategy.over
  /// How many rows the rarest class has for each row of the most frequent one.
  public var ratio = 1.0
  /// Everything at its default.
  public init() {}

  /// What is done about classes of different sizes.
  public enum Strategy: String, Sendable, CaseIterable, ParameterValue {
    /// Rows of rarer classes are repeated.
    case over
    /// Rows of more frequent classes are dropped.
    case under
  }

  /// It looks at the target.
  public var isSupervised: Bool { true }

  /// The rows that stay and those that are repeated.
  public func arrangement(of rows: TrainingView) throws(PrepError) -> Arrangement {
    let members = try rows.classes(for: Self.name).map(\.rows)
    let chance = rows.chance("resample")
    let sizes = members.map(\.count)
    switch strategy {
    case .over:
      let wanted = Int(Double(sizes.max() ?? 0) * ratio)
      return Arrangement(
        rows: Array(0..<rows.count)
          + members.flatMap { chance.repeats(wanted - $0.count, of: $0) })
    case .under:
      let wanted = Int(min(Double(sizes.min() ?? 0) / ratio, 0x1p62))
      return Arrangement(rows: members.flatMap { chance.lowest(wanted, of: $0) }.sorted())
    }
  }
}
