public import DLPrepData
public import DLPrepPipeline

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Replaces a category by its weight of evidence for one of two classes.
///
/// ```yaml
/// dlprep: 1
/// schema:
///   columns:
///     fold: {role: group}
///     paid: {type: bool, role: target}
/// steps:
///   - woe_encode: {columns: city, folds: {column: fold}}
/// ```
/// ```csv
/// city,fold,paid
/// rome,0,0
/// rome,0,1
/// rome,1,1
/// rome,1,1
/// oslo,0,1
/// oslo,1,0
/// ```
/// becomes
/// ```csv
/// city,fold,paid
/// 0.8109302162163288,0,0
/// 0.8109302162163288,0,1
/// -0.2876820724517809,1,1
/// -0.2876820724517809,1,1
/// 0.0,0,1
/// 0.0,1,0
/// ```
/// The weight of a category with n rows, s of them of the second class in byte order, is ln((s +
/// r)/(S + 2r) / ((n - s + r)/(N - S + 2r))), where S and N are those of all rows and r is
/// `regularization`; a category of one row has the weight 0. It learns the weights over all
/// training rows, for serving; a training row is encoded by the rows outside of its fold, so that
/// its own target never reaches it. Missing values are a category of their own; with `missing:
/// ignore` they get 0, as unseen values do. Same formula as category_encoders `WOEEncoder`, which
/// has no folds. Cost: one sweep, memory by distinct values and folds.
public struct WoeEncode: FoldedStage {
  /// The key in pipeline files.
  public static let name = "woe_encode"
  /// One sentence for listings.
  public static let summary = "Replaces a category by its weight of evidence for a class."
  /// What others call it.
  public static let otherNames = ["WOEEncoder", "WoEEncoder", "weight of evidence", "step_woe"]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] =
    [
      .init(
        "regularization", \.regularization, in: 0...1e9, "How many rows are added to each count.")
    ] + foldParameters
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(.category) { ($0.regularization, $0.folds) = (0.5, .number(3)) },
      Self(.category) { $0.foldBy = "group" },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// How many rows are added to each count.
  public var regularization = 1.0
  /// How training rows fall into folds.
  public var folds = FoldChoice.number(5)
  /// Rows with the same value of this column share a fold.
  public var foldBy: String?
  /// Everything at its default.
  public init() {}

  /// The weights.
  public struct Learned: SavedByFields {
    /// The categories, sorted by bytes.
    public var values = ByteStrings()
    /// Each category's weight, then that of missing, then that of unseen values.
    public var weights: [Double] = []
    /// Everything at its default.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("values", \.values), .init("weights", \.weights),
    ]
  }

  private var question: Statistic { .byCategory(folds.folds(by: foldBy), label: 1) }

  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] { [.count, question] }
  /// What it learns of the column.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> Learned {
    try answers.requireValues(of: field)
    try answers.requireTwoClasses()
    let targets = answers.targets(question)
    try targets.requireFolds()
    var learned = Learned()
    learned.values = targets.values
    learned.weights = weights(targets.whole)
    let all = ([targets.whole] + targets.outside).flatMap(weights)
    guard all.allSatisfy(\.isFinite) else {
      throw PrepError(
        .fit, "expected rows of both classes in each category of '\(field.name)', found one class",
        hint: "a regularization above 0 allows for it")
    }
    return learned
  }
  /// Whether it can have been learned.
  public func check(_ loaded: Learned, for field: Field) throws(PrepError) {
    try requireLearned(
      loaded.weights.count == loaded.values.count + 2, "a weight for each category and two more")
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Learned?) -> [Output] { [.same(.float)] }
  /// Opens the work on serving rows.
  public func kernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel {
    FoldEncoding(learned.values, for: self).serving([learned.weights], slots)
  }
  /// Opens the work on training rows: each is encoded by the rows outside of its fold.
  public func trainingKernel(
    _ learned: Learned, _ answers: Answers, for field: Field, _ slots: Slots
  ) -> Kernel? {
    FoldEncoding(learned.values, for: self).training(
      [answers.targets(question).outside.map(weights)], folds.folds(by: foldBy), slots)
  }

  /// The weight of each category, then that of missing, then that of unseen values.
  private func weights(_ part: CategoryTargets.Part) -> [Double] {
    let r = regularization
    func ones(_ moments: Moments) -> Double { (moments.mean * Double(moments.count)).rounded() }
    let (all, allOnes) = (Double(part.prior.count), ones(part.prior))
    let weights = (part.categories + [part.missing]).map { category -> Double in
      guard category.count > 1 else { return 0 }
      let (count, ones) = (Double(category.count), ones(category))
      let high = (ones + r) / (allOnes + 2 * r)
      let low = (count - ones + r) / (all - allOnes + 2 * r)
      return log(high / low)
    }
    return weights + [0]
  }
}

extension Answers {
  /// Refuses a target that isn't one of two classes.
  func requireTwoClasses() throws(PrepError) {
    let classes = target?.classes.count ?? 0
    guard classes != 2 else { return }
    let name = target?.field.name ?? ""
    let type = target?.field.type.name ?? ""
    throw PrepError(
      .fit,
      "expected a target of two classes, found '\(name)' of type \(type)"
        + (classes > 0 ? " with \(classes)" : ""),
      hint: classes == 0 ? "declare 0 and 1 as classes: \(name): {type: bool, role: target}" : nil)
  }
}
