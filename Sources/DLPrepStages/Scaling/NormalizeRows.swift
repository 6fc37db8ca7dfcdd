public import DLPrepBytes
public import DLPrepData
public import DLPrepPipeline

/// Scales each row so that its numbers have length 1.
///
/// ```yaml
/// - normalize_rows: {columns: [width, height], norm: l1}
/// ```
/// ```csv
/// width,height
/// 1,3
/// -2,2
/// 0,0
/// ```
/// becomes
/// ```csv
/// width,height
/// 0.25,0.75
/// -0.5,0.5
/// 0.0,0.0
/// ```
/// Every number is divided by the row's norm: `l1` is the sum of magnitudes, `l2` the root of the
/// sum of squares, `max` the largest magnitude. A row of zeros stays as it is. Same as scikit-learn
/// `Normalizer`, which refuses missing values (`missing: error`); by default they stay missing and
/// the row's norm is that of its other numbers. Cost: none at fit.
public struct NormalizeRows: BlockStage {
  /// The key in pipeline files.
  public static let name = "normalize_rows"
  /// One sentence for listings.
  public static let summary = "Scales each row so that its numbers have length 1."
  /// What others call it.
  public static let otherNames = ["Normalizer", "normalize", "unit norm", "step_spatialsign"]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.scaler
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .numeric
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("norm", \.norm, "How long a row is: l1, l2 or max.")
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(.numeric) { $0.norm = .l1 },
      Self(["f", "i"]) { ($0.norm, $0.common.missing) = (.max, .error) },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// How long a row is.
  public var norm = Norm.l2
  /// Everything at its default.
  public init() {}

  /// A way to measure a row.
  public enum Norm: String, Sendable, CaseIterable, ParameterValue, Savable {
    /// The sum of magnitudes.
    case l1
    /// The root of the sum of squares.
    case l2
    /// The largest magnitude.
    case max

    /// The word.
    public var saved: JSON { .text(rawValue) }
    /// Reads the word.
    public init(loading json: JSON) throws(PrepError) {
      let word = try String(loading: json)
      guard let norm = Norm(rawValue: word) else {
        throw PrepError(.artifact, "expected l1, l2 or max, found '\(word)'")
      }
      self = norm
    }
  }

  /// Checks the rules between parameters.
  public func validate() throws(PrepError) { try refuse(.category, .ignore) }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// What becomes of the columns.
  public func fates(of fields: [Field], _ fitted: Fitted?) -> [Fate] {
    fields.map { _ in .changed(.float) }
  }
  /// What it has become.
  public func fitted(to summary: NoSummary, _ fields: [Field]) throws(PrepError) -> Fitted {
    Fitted(norm: norm, fails: common.missing == .error)
  }

  /// What is left to know in a run.
  public struct Fitted: FittedBlockStage, SavedByFields {
    /// How long a row is.
    public var norm = Norm.l2
    /// Whether a missing value is an error.
    public var fails = false
    /// Everything at its default.
    public init() {}
    init(norm: Norm, fails: Bool) { (self.norm, self.fails) = (norm, fails) }
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("norm", \.norm), .init("fails", \.fails),
    ]

    /// Opens the work.
    public func kernel(_ slots: [Int], made: [Int]) -> Kernel {
      var lengths: [Double] = []
      let (norm, fails) = (norm, fails)
      return { block, run in
        let count = block.count
        lengths.removeAll(keepingCapacity: true)
        lengths.append(contentsOf: repeatElement(0, count: count))
        for slot in slots {
          let column = block.columns[slot]
          if fails { run.failMissing(column, of: block) }
          column.convertToFloats()
          column.missing.forEachMissing { column.floats[$0] = 0 }
          unsafe column.floats.withUnsafeBufferPointer { numbers in
            unsafe lengths.withUnsafeMutableBufferPointer { lengths in
              unsafe norm.add(numbers, to: lengths)
            }
          }
        }
        if norm == .l2 { for row in 0..<count { lengths[row] = lengths[row].squareRoot() } }
        for row in 0..<count { lengths[row] = nonzeroScale(lengths[row]) }
        for slot in slots {
          unsafe block.changeFloats(slot) { numbers in
            for row in 0..<count { unsafe numbers[row] /= lengths[row] }
          }
        }
      }
    }
  }
}

extension NormalizeRows.Norm {
  /// Adds a column's numbers to the rows' lengths.
  fileprivate func add(
    _ numbers: UnsafeBufferPointer<Double>, to lengths: UnsafeMutableBufferPointer<Double>
  ) {
    let rows = 0..<lengths.count
    switch self {
    case .l1: for row in rows { unsafe lengths[row] += numbers[row].magnitude }
    case .l2: for row in rows { unsafe lengths[row] += numbers[row] * numbers[row] }
    case .max:
      for row in rows { unsafe lengths[row] = Swift.max(lengths[row], numbers[row].magnitude) }
    }
  }
}
