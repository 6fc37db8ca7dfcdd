/// A pipeline drafted from what a table looks like.
///
/// It is meant to be read and changed: every guess says that it is one, and every step says what in
/// the table asks for it.
struct Draft {
  /// Below this many rows none are kept apart for testing.
  static let leastRowsToSplit = 50
  /// Beyond this many columns only those that need a word stand in the schema.
  static let mostSchemaColumns = 500

  /// The pipeline's name.
  let name: String
  /// The table's name.
  let table: String
  /// How many rows it has.
  let rows: Int
  /// The columns, in table order.
  var columns: [DraftedColumn]
  /// How the table is read, as YAML; empty for the defaults.
  let input: String
  /// Lints that the table can't but set off, with the reasons.
  var ignored: [(lint: String, reason: String)] = []

  /// Judges the columns of a table; `target` is the column to predict, nil: by its name.
  init(
    _ surveys: [ColumnSurvey], of table: String, input: String, target: String?
  ) throws(PrepError) {
    self.table = table == "-" ? "the table" : table
    self.input = input
    name = Self.name(of: table)
    rows = surveys.first?.rows ?? 0
    columns = surveys.map(DraftedColumn.init)
    try chooseTarget(target)
    if rows >= Self.leastRowsToSplit, let group = columns.firstIndex(where: \.isGroupLike) {
      columns[group].becomeGroup()
    }
  }

  private mutating func chooseTarget(_ stated: String?) throws(PrepError) {
    if let stated {
      let names = columns.map(\.name)
      guard let i = names.firstIndex(where: { $0.utf8.elementsEqual(stated.utf8) }) else {
        throw PrepError(
          .column, "there is no column '\(stated)'", at: Place(file: "--target"),
          hint: suggestion(for: stated, among: names)
            ?? "the columns are \(names.prefix(12).joined(separator: ", "))")
      }
      return columns[i].becomeTarget(nil)
    }
    let ranked = columns.indices.filter { columns[$0].survey.distinct > 1 }.compactMap { i in
      columns[i].name.targetRank.map { (rank: $0, index: i) }
    }
    guard let best = ranked.min(by: { $0.rank < $1.rank }) else { return }
    columns[best.index].becomeTarget("by its name")
  }

  /// The column to predict.
  var target: DraftedColumn? { columns.first { $0.role == .target } }
  /// The column that says which rows belong together.
  var group: DraftedColumn? { columns.first { $0.role == .group } }
  /// Whether rows are kept apart for testing.
  var splits: Bool { rows >= Self.leastRowsToSplit }

  /// The features that are treated in some way.
  func features(_ isMeant: (DraftedColumn.Treatment) -> Bool) -> [DraftedColumn] {
    columns.filter { $0.role == .feature && isMeant($0.treatment) }
  }

  /// Takes a column out of the features.
  mutating func leaveOut(_ name: String, because reason: String) {
    for i in columns.indices where columns[i].name == name {
      columns[i].role = .ignore
      columns[i].type = nil
      columns[i].treatment = .none
      columns[i].comment = reason
    }
  }

  /// A name of letters, digits, - and _ for a file.
  private static func name(of path: String) -> String {
    let file = path.split(separator: "/").last.map(String.init) ?? ""
    let stem = file.prefix { $0 != "." }
    let name = stem.map { character in
      character.isASCII && (character.isLetter || character.isNumber || character == "_")
        ? character : "-"
    }
    return name.contains { $0 != "-" } ? String(name) : "pipeline"
  }
}
