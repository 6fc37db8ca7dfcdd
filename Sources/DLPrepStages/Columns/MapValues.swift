public import DLPrepData
public import DLPrepPipeline

/// Replaces values by others, exactly as a map says.
///
/// ```yaml
/// - map_values: {columns: [plan], map: {p: pro, f: free}, else: null}
/// ```
/// ```csv
/// plan
/// p
/// f
/// x
/// ```
/// becomes
/// ```csv
/// plan
/// pro
/// free
/// ""
/// ```
/// Values outside of the map stay, become missing, or are an error, as `else` says. Missing values
/// stay missing. It learns nothing; integers are matched by their digits and bools by true and
/// false, and both become categories. Same as pandas `replace` (and `map` with `else: null`). Cost:
/// none at fit.
public struct MapValues: ColumnStage {
  /// What becomes of values outside of the map.
  public enum Else: String, Sendable, CaseIterable, ParameterValue {
    case keep
    case null
    case error
  }

  /// The key in pipeline files.
  public static let name = "map_values"
  /// One sentence for listings.
  public static let summary = "Replaces values by others, exactly as a map says."
  /// What others call it.
  public static let otherNames = ["replace", "recode", "map", "case_match"]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.columns, .name, .keepOriginal]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("map", \.map, "Each value with what it becomes."),
    .init("else", \.else, "What becomes of values outside of the map."),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(.category) { $0.map = ["a": "x"] },
      Self(.category) { ($0.map, $0.else) = (["b": "y", "c": "y"], .null) },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// Each value with what it becomes.
  public var map: TextMap = [:]
  /// What becomes of values outside of the map.
  public var `else` = Else.keep
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .lossy("values that became one come back as the first of them") }

  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    if map.entries.isEmpty { throw PrepError(.value, "expected values in 'map', found none") }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isKeyed || field.type == .integer }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Nothing?) -> [Output] {
    [.same(field.type == .text ? .text : .category)]
  }
  /// Opens the work.
  public func kernel(_ learned: Nothing, for field: Field, _ slots: Slots) -> Kernel {
    let keys = Levels()
    var values: [[UInt8]] = []
    for entry in map.entries
    where keys.intern(categoryKey(entry.key, for: field.type).span) == values.count {
      values.append(Array(entry.value.utf8))
    }
    let keeps = self.else == .keep
    let map = CategoryMap<Int32>(
      missing: -1, .keep, unknown: -1, self.else == .error ? .fail : .missing,
      UnknownFinding(
        kind: "made missing", code: .cast, expected: "a value of 'map'",
        hint: "add it to the map, or choose another 'else:'"))
    return { block, run in
      map.read(slots.input, of: block, run) { bytes in
        if let key = keys.code(of: bytes) {
          let value = values[Int(key)]
          return map.made.intern(value.span)
        }
        return keeps ? map.made.intern(bytes) : nil
      }
      let column = block.columns[slots.input]
      if field.type == .text {
        map.storeText(in: column)
      } else {
        map.storeCategory(in: column)
      }
    }
  }
  /// Opens the way back.
  public func inverseKernel(_ learned: Nothing, for field: Field, _ slots: Slots) -> Kernel? {
    let keys = Levels()
    var first: [[UInt8]] = []
    for entry in self.map.entries where keys.intern(entry.value) == first.count {
      first.append(categoryKey(entry.key, for: field.type))
    }
    let map = CategoryMap<Int32>(
      missing: -1, .keep, unknown: -1, .missing,
      UnknownFinding(kind: "made of no value, made missing"))
    let keeps = self.else == .keep
    return { block, run in
      map.read(slots.input, of: block, run) { bytes in
        if let key = keys.code(of: bytes) {
          let value = first[Int(key)]
          return map.made.intern(value.span)
        }
        return keeps ? map.made.intern(bytes) : nil
      }
      let column = block.columns[slots.input]
      var numbers = Array(map.values[..<column.count])
      map.missing.forEachMissing { numbers[$0] = -1 }
      let strings = map.made.strings
      RestoredValues((0..<strings.count).map { strings[$0] }, as: field.type)
        .store(numbers, in: column)
    }
  }
  /// The type that the column had.
  public func restoredType(of field: Field) -> DataType { field.type }
}
