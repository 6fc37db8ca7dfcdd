public import DLPrepData
public import DLPrepPipeline

/// What `impute_knn` has learned of a column: the donors' values.
public struct Donors: SavedByFields {
  /// The donors' numbers, or the positions of their categories; a missing one is 0.
  public var values: [Double] = []
  /// The donors whose value is missing.
  public var missing: [Int] = []
  /// The categories, sorted by bytes.
  public var categories = ByteStrings()
  /// The range of the numbers, by which Gower's distance divides.
  public var range = 0.0
  /// The mean, or the position of the most frequent category: for rows like none.
  public var usual = 0.0
  /// Whether the column had no value at fit and is dropped.
  public var isDropped = false
  /// Nothing learned.
  public init() {}
  /// How it is saved.
  public static let fields: [SavedField<Self>] = [
    .init("values", \.values), .init("missing", \.missing), .init("categories", \.categories),
    .init("range", \.range), .init("usual", \.usual), .init("dropped", \.isDropped),
  ]

  /// What was gathered of a column.
  init(_ column: inout GatheredColumn, of field: Field) throws(PrepError) {
    guard column.present > 0 else {
      isDropped = true
      return
    }
    categories = column.sortCategories()
    values = column.values
    column.missing.forEachMissing { missing.append($0) }
    usual = column.usual
    if let least = column.extremes.min, let most = column.extremes.max { range = most - least }
    try requireFinite(usual, range, of: field)
  }

  /// An error unless there is a value of the field for each donor.
  func requireWhole(rows: Int, for field: Field) throws(PrepError) {
    try requireLearned(
      values.count == rows && missing.allSatisfy { 0..<rows ~= $0 }
        && isCategory == !field.type.isNumeric, "a value for each of \(rows) donors")
    guard isCategory else { return }
    let positions = (values + [usual]).map { Int(exactly: $0) ?? -1 }
    try requireLearned(
      positions.allSatisfy { 0..<categories.count ~= $0 }, "positions of categories")
  }

  /// Whether the values are positions of categories.
  var isCategory: Bool { categories.count > 0 }

  /// The donors as points of a search.
  func axis(isGower: Bool) -> PointTable.Axis {
    let measure: PointTable.Measure =
      isCategory ? .other(1) : isGower ? .share(of: range) : .square
    return PointTable.Axis(values, missing: missing, measure)
  }
}
