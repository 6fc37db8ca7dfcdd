public import DLPrepData
public import DLPrepPipeline

/// Makes up training rows between those of rare classes, so that no class of the target is rare.
///
/// ```yaml
/// dlprep: 1
/// schema: {columns: {y: {type: category, role: target}}}
/// steps:
///   - smote: {columns: [a, b], neighbors: 1}
/// ```
/// ```csv
/// a,b,y
/// 1.0,1.0,no
/// 2.0,6.0,yes
/// 3.0,2.0,no
/// 4.0,6.0,yes
/// 9.0,9.0,no
/// ```
/// becomes
/// ```csv
/// a,b,y
/// 1.0,1.0,no
/// 2.0,6.0,yes
/// 3.0,2.0,no
/// 4.0,6.0,yes
/// 9.0,9.0,no
/// 3.9502923901615743,6.0,yes
/// ```
/// Afterwards no class has fewer rows than `ratio` times those of another one (rounded down). A row
/// that is made up lies between a row x of its class and one of the `neighbors` rows of that class
/// nearest to x: x + u (neighbour − x), with u from 0 to 1. Every row of the class is x equally
/// often, the rest by chance; neighbour and u are drawn by a hash of the pipeline's seed and the
/// number of x in the input, so that the same rows come out however the work is done. Whole numbers
/// may come out with decimals. Chosen categories get the value that most of the neighbours have (of
/// equally frequent ones the first by bytes), and differing ones count in the distance as the
/// median of the numbers' standard deviations in the class, or as 1 where no number is chosen.
/// Columns that aren't chosen are those of x. The rows come after all others. It acts on training
/// rows only. As imbalanced-learn `SMOTE` and `SMOTENC` (Chawla et al. 2002), with other random
/// numbers. Cost: the columns in memory, and the distances between all rows of a class.
public struct Smote: RowStage {
  /// The key in pipeline files.
  public static let name = "smote"
  /// One sentence for listings.
  public static let summary =
    "Makes up training rows between those of rare classes, so that no class of the target is rare."
  /// What others call it.
  public static let otherNames = ["SMOTE", "SMOTENC", "step_smote", "step_smotenc", "oversample"]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.columns, .when]
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .numeric
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init(
      "neighbors", \.neighbors, in: 1...10_000, "From how many rows of the class one is drawn."),
    .init(
      "ratio", \.ratio, in: 0.001...1,
      "How many rows the rarest class has for each row of the most frequent one."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(["f", "i", "a", "l", "t"]) { ($0.neighbors, $0.ratio) = (3, 0.7) },
      Self(["a", "b"]),
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// From how many rows of the class one is drawn.
  public var neighbors = 5
  /// How many rows the rarest class has for each row of the most frequent one.
  public var ratio = 1.0
  /// Everything at its default.
  public init() {}

  /// It looks at the target.
  public var isSupervised: Bool { true }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool {
    field.type.isNumeric || field.type.isTextual || field.type == .bool
  }

  /// All rows, and those that are made up.
  public func arrangement(of rows: TrainingView) throws(PrepError) -> Arrangement {
    let classes = try rows.classes(for: Self.name)
    var order = Array(0..<rows.count)
    guard !rows.fields.isEmpty else { return Arrangement(rows: order) }
    let columns = try columns(of: rows)
    let chance = rows.chance(Self.name)
    let wanted = Int(Double(classes.map(\.rows.count).max() ?? 0) * ratio)
    var made = rows.fields.map { _ in MadeUpColumn() }
    for (name, own) in classes where own.count < wanted {
      guard own.count > neighbors else {
        throw PrepError(
          .fit, "expected more than \(neighbors) rows of class '\(name)', found \(own.count)",
          hint: own.count > 1
            ? "write neighbors: \(own.count - 1), or use resample" : "use resample")
      }
      let bases = chance.repeats(wanted - own.count, of: own)
      order += bases
      let maker = RowMaker(
        columns, rows.fields, own: own, neighbors: neighbors, rows.threads)
      maker.make(bases, chance, into: &made)
    }
    guard order.count > rows.count else { return Arrangement(rows: order) }
    return Arrangement(rows: order, madeUp: zip(made, columns).map { $0.column(like: $1) })
  }

  /// The chosen columns; an error where one has a missing value.
  private func columns(of rows: TrainingView) throws(PrepError) -> [Column] {
    var columns: [Column] = []
    for (i, field) in rows.fields.enumerated() {
      let column = try rows.column(i)
      if let row = (0..<column.count).first(where: { column.missing[$0] }) {
        throw PrepError(
          .unseen, "expected a value in column '\(field.name)', found a missing one",
          hint: "impute it first", record: rows.records[row])
      }
      columns.append(column)
    }
    return columns
  }
}
