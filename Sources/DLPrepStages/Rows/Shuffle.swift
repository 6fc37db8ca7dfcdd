public import DLPrepData
public import DLPrepPipeline

/// Puts the training rows into an order of chance.
///
/// ```yaml
/// - shuffle
/// ```
/// ```csv
/// a
/// 1
/// 2
/// 3
/// 4
/// 5
/// ```
/// becomes
/// ```csv
/// a
/// 4
/// 5
/// 3
/// 2
/// 1
/// ```
/// Chance is a hash of the pipeline's seed and the row's number in the input, so that the order is
/// the same however the work is done. It acts on training rows only; with a split, the training
/// output is the shuffled training rows, then the test rows. As pandas `sample(frac=1)` and Polars
/// `shuffle`. Cost: a number a row.
public struct Shuffle: RowStage {
  /// The key in pipeline files.
  public static let name = "shuffle"
  /// One sentence for listings.
  public static let summary = "Puts the training rows into an order of chance."
  /// What others call it.
  public static let otherNames = ["permute", "step_shuffle"]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.when]
  /// It has no parameters.
  public static let parameters: [Parameter<Self>] = []
  /// The keys that stages share.
  public var common = Common()
  /// Everything at its default.
  public init() {}

  /// The rows in their order.
  public func arrangement(of rows: TrainingView) throws(PrepError) -> Arrangement {
    Arrangement(rows: rows.chance("shuffle").lowest(rows.count, of: Array(0..<rows.count)))
  }
}
