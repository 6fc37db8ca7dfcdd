public import DLPrepData
public import DLPrepPipeline

/// Drops columns that have nearly one value only.
///
/// ```yaml
/// - drop_near_constant: {freq_ratio: 3, unique_percent: 50}
/// ```
/// ```csv
/// a,b
/// 1,x
/// 2,x
/// 3,y
/// 4,x
/// 5,x
/// ```
/// becomes
/// ```csv
/// a
/// 1
/// 2
/// 3
/// 4
/// 5
/// ```
/// It learns whether the most frequent value is more than `freq_ratio` times as frequent as the
/// second, while the distinct values are at most `unique_percent` percent of the rows; or there is
/// one value, or none. Missing values are no value but count as rows. Vectors (one-hot, say) stay.
/// Same as recipes `step_nzv` (95/5 and 10). Cost: two sweeps, three where there are few distinct
/// values.
public struct DropNearConstant: ColumnStage {
  /// The key in pipeline files.
  public static let name = "drop_near_constant"
  /// One sentence for listings.
  public static let summary = "Drops columns that have nearly one value only."
  /// What others call it.
  public static let otherNames = [
    "step_nzv", "nzv", "nearZeroVar", "near_zero_variance", "quasi_constant",
    "DropConstantFeatures",
  ]
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .all
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init(
      "freq_ratio", \.freqRatio, in: 1...1e15,
      "The most frequent value goes this many times on the second."),
    .init(
      "unique_percent", \.uniquePercent, in: 0...100,
      "With more distinct values than this a column stays."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [Self(), Self(.all) { ($0.freqRatio, $0.uniquePercent) = (1.2, 30) }]
  }
  /// The keys that stages share.
  public var common = Common()
  /// How many times the second value's count the first one's may be.
  public var freqRatio = 19.0
  /// With more distinct values than this, in percent of the rows, a column stays.
  public var uniquePercent = 10.0
  /// 1 and 1.0 are one number, but two texts.
  public var dependsOnTypes: Bool { true }
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .exact }

  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { true }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] {
    if field.type.isVector { return [] }
    guard known.has(.count) else { return [.count] }
    let few = Statistic.distinct(upTo: most(known))
    guard known.has(few), isFew(known) else { return [.count, few] }
    return [.count, few, field.type.isKeyed ? .categories : .distribution]
  }

  /// Values are counted only where they are few.
  public func laterQuestions(_ field: Field) -> [LaterQuestion] {
    if field.type.isVector { return [] }
    return [
      LaterQuestion("number of distinct values", sweeps: 1),
      LaterQuestion(field.type.isKeyed ? "categories" : "distribution", sweeps: 1),
    ]
  }

  /// Beyond this number of distinct values a column stays for sure.
  private func most(_ known: Answers) -> Int {
    max(1, Int(Double(known.count.rows) * uniquePercent / 100) + 1)
  }
  private func isFew(_ known: Answers) -> Bool {
    let distinct = known.distinct(upTo: most(known))
    return distinct > 1 && 100 * Double(distinct) / Double(known.count.rows) <= uniquePercent
  }

  /// What it learns of the column: whether it goes.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> Bool {
    if field.type.isVector { return false }
    if answers.distinct(upTo: most(answers)) <= 1 { return true }
    guard isFew(answers) else { return false }
    var (first, second) = (0, 0)
    let counts = field.type.isKeyed ? answers.categories.counts : answers.distribution.map(\.count)
    for count in counts {
      if count > first { (first, second) = (count, first) } else { second = max(second, count) }
    }
    return Double(first) / Double(second) > freqRatio
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Bool?) -> [Output] {
    learned == true ? [] : [.same(field.type)]
  }
  /// Opens the work: there is none.
  public func kernel(_ learned: Bool, for field: Field, _ slots: Slots) -> Kernel { { _, _ in } }
}
