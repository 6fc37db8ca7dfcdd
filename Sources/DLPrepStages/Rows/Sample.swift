public import DLPrepData
public import DLPrepPipeline

/// Keeps some of the training rows, chosen by chance.
///
/// ```yaml
/// - sample: {rows: 2}
/// ```
/// ```csv
/// a
/// 1
/// 2
/// 3
/// 4
/// ```
/// becomes
/// ```csv
/// a
/// 2
/// 4
/// ```
/// Either `rows`, how many (fewer where there are no more), or `share`, how likely each row is to
/// stay. Chance is a hash of the pipeline's seed and the row's number in the input, so that the
/// same rows stay however the work is done; they keep their order. It acts on training rows only.
/// As pandas `sample` and Polars `sample`. Cost: a number a row.
public struct Sample: RowStage {
  /// The key in pipeline files.
  public static let name = "sample"
  /// One sentence for listings.
  public static let summary = "Keeps some of the training rows, chosen by chance."
  /// What others call it.
  public static let otherNames = ["step_sample", "subsample", "resample without replacement"]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.when]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("rows", \.rows, in: 1...Int.max, "How many rows stay."),
    .init("share", \.share, in: 0...1, "How likely each row is to stay."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    var some = Self()
    some.rows = 17
    var share = Self()
    share.share = 0.5
    return [some, share]
  }
  /// The keys that stages share.
  public var common = Common()
  /// How many rows stay.
  public var rows: Int?
  /// How likely each row is to stay.
  public var share: Double?
  /// Everything at its default.
  public init() {}

  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    if (rows == nil) == (share == nil) {
      throw PrepError(
        .value, "expected either 'rows' or 'share', found \(rows == nil ? "neither" : "both")")
    }
  }

  /// The rows that stay.
  public func arrangement(of training: TrainingView) throws(PrepError) -> Arrangement {
    let chance = training.chance("sample")
    let all = 0..<training.count
    if let share {
      return Arrangement(rows: all.filter { share >= 1 || Double(chance[$0]) < share * 0x1p64 })
    }
    return Arrangement(rows: chance.lowest(rows ?? training.count, of: Array(all)).sorted())
  }
}

extension [UInt64] {
  /// As many of some rows as wanted, those with the lowest numbers here, lowest first.
  func lowest(_ count: Int, of rows: [Int]) -> [Int] {
    [Int](rows.sorted { (self[$0], $0) < (self[$1], $1) }.prefix(count))
  }
}
