public import DLPrepData
public import DLPrepPipeline

/// Sorts the training rows by the values of columns.
///
/// ```yaml
/// - sort: {columns: [city, year], descending: [year]}
/// ```
/// ```csv
/// city,year
/// Oslo,2020
/// Bonn,2021
/// Oslo,2022
/// ```
/// becomes
/// ```csv
/// city,year
/// Bonn,2021
/// Oslo,2022
/// Oslo,2020
/// ```
/// The first column listed counts first (of others than a list, the first in the table); rows that
/// are equal in all of them stay as they were. Numbers, dates and instants go by their value, text
/// and categories by their bytes, false before true; missing values come last, also where the order
/// is descending. It acts on training rows only. With a split, the training output is the sorted
/// training rows, then the test rows. Same as pandas `sort_values(kind="stable")`. Cost: the
/// columns sorted by, in memory.
public struct Sort: RowStage {
  /// The key in pipeline files.
  public static let name = "sort"
  /// One sentence for listings.
  public static let summary = "Sorts the training rows by the values of columns."
  /// What others call it.
  public static let otherNames = ["sort_values", "arrange", "step_arrange", "order_by"]
  /// The shared keys it takes.
  public static let commonKeys: CommonKeys = [.columns, .when]
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("descending", \.descending, "Which of the columns go from the largest value down.")
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [
      Self(["f"]), Self(["t", "a", "l"]) { $0.descending = ["a", "t"] },
      Self(["l", "day", "i"]) { $0.descending = ["l"] },
    ]
  }
  /// The keys that stages share.
  public var common = Common()
  /// Which of the columns go from the largest value down.
  public var descending: [String] = []
  /// Everything at its default.
  public init() {}

  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    guard case .names(let names)? = common.columns else { return }
    for name in descending where !names.contains(name) {
      throw PrepError(.value, "'descending': expected one of the columns, found '\(name)'")
    }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { !field.type.isVector }

  /// The rows in their order.
  public func arrangement(of rows: TrainingView) throws(PrepError) -> Arrangement {
    var names = rows.fields.map(\.name)
    if case .names(let listed)? = common.columns { names = listed }
    var ranks: [[Int]] = []
    for name in names {
      guard let position = rows.fields.firstIndex(where: { $0.name == name }) else { continue }
      ranks.append(try rows.column(position).ranks(descending: descending.contains(name)))
    }
    let order = (0..<rows.count).sorted { a, b in
      for ranks in ranks where ranks[a] != ranks[b] { return ranks[a] < ranks[b] }
      return a < b
    }
    return Arrangement(rows: order)
  }
}

extension Column {
  /// For each row, how many distinct values come before its own; missing rows come last.
  func ranks(descending: Bool) -> [Int] {
    var ranks = [Int](repeating: .max, count: count)
    let present = (0..<count).filter { !missing[$0] }
    func fill(_ precedes: (Int, Int) -> Bool) {
      var rank = 0
      let sorted = present.sorted(by: precedes)
      for (i, row) in sorted.enumerated() {
        if i > 0, precedes(sorted[i - 1], row) { rank += 1 }
        ranks[row] = descending ? present.count - rank : rank
      }
    }
    switch storage {
    case .sparse: break
    case .floats: fill { floats[$0] < floats[$1] }
    case .integers: fill { integers[$0] < integers[$1] }
    case .flags: fill { flags[$0] < flags[$1] }
    case .codes:
      guard let levels else { break }
      var places = [Int](repeating: 0, count: levels.count)
      for (place, code) in levels.sortedCodes().enumerated() { places[code] = place }
      fill { places[Int(codes[$0])] < places[Int(codes[$1])] }
    case .text:
      let strings = text
      fill { a, b in
        strings.bytes[strings.range(a)].lexicographicallyPrecedes(strings.bytes[strings.range(b)])
      }
    }
    return ranks
  }
}
