public import DLPrepData
public import DLPrepPipeline

/// Changes the type of columns.
///
/// ```yaml
/// - cast: {to: {price: float, sold: date}, on_error: null}
/// ```
/// ```csv
/// price,sold
/// 007.5,2024-02-29
/// free,2023-02-29
/// ```
/// becomes
/// ```csv
/// price,sold
/// 7.5,2024-02-29
/// ,
/// ```
/// Nothing is rounded: a value that the new type can't hold exactly (3.5 as integer, a number
/// beyond 2^53 as float, a time of day as date) is an error, becomes missing, or sends its row to
/// the rejects, as `on_error` says. Missing values stay missing. Dates are ISO 8601. It learns
/// nothing. Polars `cast` and pandas `astype` cut decimals off instead. Cost: none at fit.
public struct Cast: ColumnStage {
  /// What becomes of values that the new type can't hold.
  public enum OnError: String, Sendable, CaseIterable, ParameterValue {
    case error
    case null
    case reject
  }

  /// The key in pipeline files.
  public static let name = "cast"
  /// One sentence for listings.
  public static let summary = "Changes the type of columns."
  /// What others call it.
  public static let otherNames = [
    "astype", "convert", "step_mutate_at", "convert_types", "step_mutate",
  ]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = []
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("to", \.to, "Each column with its new type."),
    .init("on_error", \.onError, "What becomes of values that the new type can't hold."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    var cast = Self()
    cast.to = ["a": "text"]
    var other = Self()
    (other.to, other.onError) = (["a": "float", "b": "category"], .null)
    return [cast, other]
  }
  /// The keys that stages share.
  public var common = Common()
  /// Each column with the word for its new type.
  public var to: TextMap = [:]
  /// What becomes of values that the new type can't hold.
  public var onError = OnError.error
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .lossy("what the new type can't tell apart is one") }

  /// Where it acts.
  public var columns: Selector? { .names(to.entries.map(\.key)) }
  /// Whether it may send rows to the rejects.
  public var rejectsRows: Bool { onError == .reject }
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    let words = ["integer", "float", "bool", "category", "text", "date", "timestamp"]
    if to.entries.isEmpty { throw PrepError(.value, "expected columns in 'to', found none") }
    for entry in to.entries where !words.contains(entry.value) {
      throw PrepError(
        .value, "'to': expected one of \(words.joined(separator: ", ")), found '\(entry.value)'",
        hint: suggestion(for: entry.value, among: words))
    }
  }

  /// The new type of a column.
  func type(of field: Field) -> DataType {
    to[field.name].flatMap(DataType.init(name:)) ?? field.type
  }

  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool {
    switch (field.type, type(of: field)) {
    case (.vector, _), (_, .vector): false
    case (.integer, .date), (.integer, .timestamp), (.float, .date), (.float, .timestamp): false
    case (.bool, .date), (.bool, .timestamp): false
    case (.date, .integer), (.date, .float), (.date, .bool): false
    case (.timestamp, .integer), (.timestamp, .float), (.timestamp, .bool): false
    default: true
    }
  }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Nothing?) -> [Output] {
    [.same(type(of: field))]
  }
  /// Opens the work.
  public func kernel(_ learned: Nothing, for field: Field, _ slots: Slots) -> Kernel {
    let target = type(of: field)
    if field.type == target { return { _, _ in } }
    if field.type.isTextual { return parsing(to: target, slots) }
    if target.isTextual { return printing(field.type, to: target, slots) }
    return converting(field.type, to: target, slots)
  }
  /// Opens the way back.
  public func inverseKernel(_ learned: Nothing, for field: Field, _ slots: Slots) -> Kernel? {
    var before = field
    before.type = type(of: field)
    if before.type == field.type || (field.type, before.type) == (.integer, .float) { return nil }
    var back = Self()
    (back.to, back.onError) = ([field.name: field.type.name], .null)
    return back.kernel(learned, for: before, slots)
  }
  /// The type that the column had.
  public func restoredType(of field: Field) -> DataType { field.type }
}
