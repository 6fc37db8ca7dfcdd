public import DLPrepData
public import DLPrepPipeline

/// Numbers categories.
///
/// ```yaml
/// - ordinal_encode: {columns: size, order: [small, large]}
/// ```
/// ```csv
/// size
/// large
/// small
/// NA
/// huge
/// ```
/// becomes
/// ```csv
/// size
/// 1
/// 0
/// -2
/// -1
/// ```
/// It learns the categories, unless `order` names them: codes from 0 by bytes or by falling
/// frequency. Missing values become `missing_value`, unseen ones `unknown_value`; in mode embedding
/// 0 is missing, 1 unknown, and categories start at 2. Same as scikit-learn `OrdinalEncoder` but
/// for these codes. Cost: one sweep, memory by distinct values.
public struct OrdinalEncode: ColumnStage {
  /// What code 0 is.
  public enum Sort: String, Sendable, CaseIterable, ParameterValue {
    case value
    case frequency
  }
  /// What the codes are for.
  public enum Mode: String, Sendable, CaseIterable, ParameterValue {
    case ordinal
    case embedding
  }

  /// The key in pipeline files.
  public static let name = "ordinal_encode"
  /// One sentence for listings.
  public static let summary = "Numbers categories."
  /// What others call it.
  public static let otherNames = [
    "OrdinalEncoder", "LabelEncoder", "label", "integer", "StringIndexer", "Categorify",
    "step_integer",
  ]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.encoder
  /// Where it acts if the file doesn't say.
  public static let defaultColumns: Selector? = .category
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("order", \.order, "The categories in the order of their codes."),
    .init("sort", \.sort, "How categories are put in order without 'order'."),
    .init("mode", \.mode, "ordinal, or embedding: 0 missing, 1 unknown, categories from 2."),
    .init("unknown_value", \.unknownValue, "The code of values unseen at fit."),
    .init("missing_value", \.missingValue, "The code of missing values."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(), Self(.category) { ($0.sort, $0.mode) = (.frequency, .embedding) },
      Self(.category) { $0.order = ["c", "b", "3", "a", "é", "a b"] },
      Self(.category) { ($0.unknownValue, $0.missingValue) = (-7, -8) },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// The categories in the order of their codes; nil: learned.
  public var order: [String]?
  /// How categories are put in order without `order`.
  public var sort = Sort.value
  /// What the codes are for.
  public var mode = Mode.ordinal
  /// The code of values unseen at fit.
  public var unknownValue = -1
  /// The code of missing values.
  public var missingValue = -2
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .exact }

  /// The categories and the code of each, before the shift of mode embedding.
  public struct Learned: SavedByFields {
    /// The categories, sorted by bytes.
    public var values = ByteStrings()
    /// The code of each; empty: their position.
    public var codes: [Int] = []
    /// Everything at its default.
    public init() {}
    /// How it is saved.
    public static let fields: [SavedField<Self>] = [
      .init("values", \.values), .init("codes", \.codes),
    ]
  }

  /// It encodes categories.
  public var purposes: Purposes { .encodes }
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    if let order {
      if sort != .value { throw PrepError(.value, "expected 'order' or 'sort', found both") }
      if order.isEmpty { throw PrepError(.value, "'order': expected a category, found none") }
      if Set(order.map { Array($0.utf8) }).count < order.count {
        throw PrepError(.value, "'order': expected distinct categories, found one twice")
      }
    }
    if mode == .embedding, unknownValue != -1 || missingValue != -2 {
      throw PrepError(
        .value, "expected no 'unknown_value' and 'missing_value' in mode embedding: 1 and 0")
    }
    if mode == .ordinal, max(unknownValue, missingValue) >= 0 {
      throw PrepError(
        .value, "expected an 'unknown_value' and a 'missing_value' below 0, where no code is")
    }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isKeyed }
  /// What it has to know of the column.
  public func needs(_ field: Field, known: Answers) -> [Statistic] {
    order == nil ? [.count, .categories] : []
  }
  /// What it learns of the column.
  public func learned(from answers: Answers, for field: Field) throws(PrepError) -> Learned {
    var learned = Learned()
    if let order {
      let keys = order.map { categoryKey($0, for: field.type) }
      let sorted = keys.indices.sorted { keys[$0].lexicographicallyPrecedes(keys[$1]) }
      learned.values = ByteStrings(sorted.map { keys[$0] })
      learned.codes = sorted
      return learned
    }
    try answers.requireValues(of: field)
    let counts = answers.categories.counts
    learned.values = answers.categories.values
    if sort == .frequency {
      let falling = counts.indices.sorted { (-counts[$0], $0) < (-counts[$1], $1) }
      learned.codes = Array(repeating: 0, count: counts.count)
      for (code, value) in falling.enumerated() { learned.codes[value] = code }
    }
    return learned
  }
  /// Whether it can have been learned.
  public func check(_ loaded: Learned, for field: Field) throws(PrepError) {
    let codes = loaded.codes
    try requireLearned(
      codes.isEmpty || codes.sorted() == Array(0..<loaded.values.count), "a code for each category")
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Learned?) -> [Output] { [.same(.integer)] }
  /// Opens the work.
  public func kernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel {
    let shift: Int64 = mode == .embedding ? 2 : 0
    let map = CategoryMap<Int64>(
      missing: mode == .embedding ? 0 : Int64(missingValue), encoderMissing,
      unknown: mode == .embedding ? 1 : Int64(unknownValue), unknownAction)
    let values = SortedStrings(learned.values)
    return { block, run in
      map.read(slots.input, of: block, run) { bytes in
        values.index(of: bytes).map {
          Int64(learned.codes.isEmpty ? $0 : learned.codes[$0]) + shift
        }
      }
      map.store(in: block.columns[slots.input])
    }
  }
  /// Opens the way back.
  public func inverseKernel(_ learned: Learned, for field: Field, _ slots: Slots) -> Kernel? {
    let shift = mode == .embedding ? 2.0 : 0
    let missingCode = mode == .embedding ? 0 : Double(missingValue)
    var values = (0..<learned.values.count).map { learned.values[$0] }
    for (value, code) in learned.codes.enumerated() where values.indices.contains(code) {
      values[code] = learned.values[value]
    }
    let restored = RestoredValues(values, as: field.type)
    return { block, run in
      let column = block.columns[slots.input]
      column.convertToFloats()
      var none = 0
      let numbers = (0..<column.count).map { row -> Int32 in
        let code = (column.floats[row] - shift).rounded()
        if !column.missing[row], code >= 0, code < Double(values.count) { return Int32(code) }
        none += column.missing[row] || column.floats[row] == missingCode ? 0 : 1
        return -1
      }
      run.count("code of no category, made missing", none)
      restored.store(numbers, in: column)
    }
  }
}
