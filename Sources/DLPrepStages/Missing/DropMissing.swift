public import DLPrepBytes
public import DLPrepData
public import DLPrepPipeline

/// Drops training rows with missing values.
///
/// ```yaml
/// - drop_missing: {columns: [age, fare]}
/// ```
/// ```csv
/// age,fare
/// 30,7.5
/// ,8.5
/// 40,9.5
/// ```
/// becomes
/// ```csv
/// age,fare
/// 30,7.5
/// 40,9.5
/// ```
/// It learns nothing and acts on training rows only: serving never loses a row. Same as pandas
/// `dropna`. Cost: none at fit.
public struct DropMissing: BlockStage {
  /// The key in pipeline files.
  public static let name = "drop_missing"
  /// One sentence for listings.
  public static let summary = "Drops training rows with missing values."
  /// What others call it.
  public static let otherNames = ["dropna", "drop_nulls", "DropMissingData", "step_naomit"]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.columns, .when]
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .all
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("any", \.any, "Whether one missing value is enough; else all must be missing.")
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] { [Self(), Self(.all) { $0.any = false }] }
  /// The keys that stages share.
  public var common = Common()
  /// Whether one missing value is enough.
  public var any = true
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .exact }

  /// What is left to know in a run.
  public struct Fitted: FittedBlockStage {
    /// Whether one missing value is enough.
    public var any: Bool
    /// Whether one missing value is enough, as JSON.
    public var saved: JSON { any.saved }
    /// Reads it.
    public init(loading json: JSON) throws(PrepError) { any = try Bool(loading: json) }
    init(any: Bool) { self.any = any }

    /// Opens the work.
    public func kernel(_ slots: [Int], made: [Int]) -> Kernel {
      let any = any
      return { block, run in
        guard let first = slots.first else { return }
        var words = block.columns[first].missing.words
        for slot in slots.dropFirst() {
          let other = block.columns[slot].missing.words
          for i in words.indices { words[i] = any ? words[i] | other[i] : words[i] & other[i] }
        }
        for (i, word) in words.enumerated() where word != 0 {
          for bit in 0..<64 where word >> UInt64(bit) & 1 == 1 {
            run.drop(i * 64 + bit, of: block)
          }
        }
      }
    }
  }

  /// Whether it takes rows out.
  public var removesRows: Bool { true }
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    if common.when == .always {
      throw PrepError(
        .value, "'when': expected fit, found 'always'",
        hint: "only filter may take rows out in serving")
    }
  }
  /// It only looks at which values are missing.
  public var looksAtValues: Bool { false }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { true }
  /// What it has become.
  public func fitted(to summary: NoSummary, _ fields: [Field]) throws(PrepError) -> Fitted {
    Fitted(any: any)
  }
}
