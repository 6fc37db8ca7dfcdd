public import DLPrepData
public import DLPrepPipeline

/// Adds columns of another table, found by key columns.
///
/// ```yaml
/// - lookup: {table: cities.csv, on: city, take: [country, size]}
/// # cities.csv:
/// # city,country,size,mayor
/// # Oslo,NO,709,A
/// # Turku,FI,197,B
/// ```
/// ```csv
/// city,price
/// Turku,3
/// Paris,5
/// Oslo,2
/// ```
/// becomes
/// ```csv
/// city,price,country,size
/// Turku,3,FI,197
/// Paris,5,,
/// Oslo,2,NO,709
/// ```
/// The file is found from the folder of the pipeline file, and read as any table, with the null
/// markers of the pipeline and types that are inferred. `on` names the key columns, as a mapping
/// where they are called otherwise in the table (`{city: name}`); `take` the columns to add, by
/// default all others, as a mapping `{new: old}` to give them other names. They come last. A row
/// whose key the table lacks, or is missing, gets missing values and is counted; two rows of the
/// table with the same key are an error. The fitted pipeline holds the table's SHA-256 and all
/// that serving needs of it: the file is read at the fit only, and has at most 1,000,000 rows in
/// 64 MiB. Same as pandas `merge` with `how="left"`. Cost: the
/// table in memory.
public struct Lookup: BlockStage, TableStage {
  /// The key in pipeline files.
  public static let name = "lookup"
  /// One sentence for listings.
  public static let summary = "Adds columns of another table, found by key columns."
  /// What others call it.
  public static let otherNames = ["left_join", "join", "merge", "Joiner", "vlookup"]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = []
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("table", \.table, "The table's file, from the folder of the pipeline file."),
    .init("on", \.on, "The key columns: names, or a mapping to their names in the table."),
    Parameter("take", \.take, "The columns to add: names, or a mapping from new names.")
      .otherwise("all but the keys"),
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    let letters = try? Table([
      "letter": .category(["a", "é", "c"]), "weight": .float([1.5, nil, -2]),
      "vowel": .bool([true, true, false]), "rank": .integer([1, 5, nil]),
      "word": .category(["ant", nil, "cat"]),
    ])
    let numbers = try? Table([
      "i": .integer([0, 3, 5]), "l": .bool([true, false, true]), "text": .text(["x", "y", nil]),
    ])
    return [
      Self("letters.csv", letters) { $0.on = ColumnNames(["a": "letter"]) },
      Self("numbers.csv", numbers) { ($0.on, $0.take) = (["i", "l"], ["text"]) },
    ]
  }
  /// The most rows that a table may have.
  static let limit = 1_000_000
  /// The keys that stages share.
  public var common = Common()
  /// The table's file.
  public var table = ""
  /// The key columns.
  public var on: ColumnNames = []
  /// The columns to add; none: all but the keys.
  public var take: ColumnNames = []
  /// What is looked up, once the table was handed over.
  private var contents: Fitted?
  /// Everything at its default.
  public init() {}

  /// A stage that looks things up in a table in memory; `name` is how messages call it.
  public init(_ name: String, in table: Table, _ set: (inout Self) -> Void) throws(PrepError) {
    self.init()
    self.table = name
    set(&self)
    try take(ReferenceTable(table))
  }

  private init(_ name: String, _ table: Table?, _ set: (inout Self) -> Void) {
    self.init()
    self.table = name
    set(&self)
    if let table { try? take(ReferenceTable(table)) }
  }

  /// Whether two have the same parameters; what the table holds is none.
  public static func == (a: Self, b: Self) -> Bool {
    a.common == b.common && a.table == b.table && a.on == b.on && a.take == b.take
  }
}

extension Lookup {
  /// The key columns.
  public var columns: Selector? { .names(on.pairs.map(\.own)) }
  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    if table.isEmpty { throw PrepError(.value, "'table': expected a file, found none") }
    if on.pairs.isEmpty { throw PrepError(.value, "'on': expected key columns, found none") }
    for (key, pairs) in [("on", on.pairs), ("take", take.pairs)] {
      let names = pairs.map(\.own)
      if let twice = names.enumerated().first(where: { names[..<$0].contains($1) })?.element {
        throw PrepError(.value, "'\(key)': expected each column once, found '\(twice)' twice")
      }
    }
  }
  /// Whether it can take the column as a key.
  public func accepts(_ field: Field) -> Bool { !field.type.isVector }
  /// The columns that it adds.
  public func made(from fields: [Field], _ fitted: Fitted?) throws(PrepError) -> [Field] {
    guard !fields.isEmpty else { return [] }
    return (fitted ?? contents)?.taken.map {
      Field($0.name, DataType(name: $0.type) ?? .text, madeOf: fields)
    } ?? []
  }
  /// What it has become.
  public func fitted(to summary: NoSummary, _ fields: [Field]) throws(PrepError) -> Fitted {
    guard var fitted = contents else {
      throw PrepError(
        .value, "expected the table '\(table)', which was not handed over",
        hint: "load the pipeline from a file, or make the stage with Lookup(_:in:)")
    }
    // Slots come in the order of the table.
    fitted.order = on.pairs.map { pair in
      fields.firstIndex { $0.name.utf8.elementsEqual(pair.own.utf8) } ?? 0
    }
    return fitted
  }
  /// Whether it can have been learned.
  public func check(_ loaded: Fitted, for fields: [Field]) throws(PrepError) {
    try requireLearned(
      loaded.order.count == on.pairs.count
        && loaded.order.allSatisfy(fields.indices.contains)
        && loaded.keys.tuples.allSatisfy { $0.count == on.pairs.count }
        && loaded.taken.allSatisfy { $0.fits(loaded.keys.count) },
      "a value of each key for each column")
  }

  /// The SHA-256 of the table's file.
  public var tableHash: String? { contents?.hash }
  /// Takes over what the table holds.
  public mutating func take(_ table: ReferenceTable) throws(PrepError) {
    guard table.table.rowCount <= Self.limit else {
      throw PrepError(
        .limit,
        "expected at most \(Self.limit) rows in '\(self.table)', found "
          + "\(table.table.rowCount)")
    }
    contents = try Fitted(self, table)
  }
}
