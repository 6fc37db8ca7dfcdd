/// Rows of cells under each other, for people.
struct TextTable {
  private var rows: [[String]] = []

  /// Adds a row.
  mutating func add(_ cells: String...) { rows.append(cells) }

  /// Adds a row.
  mutating func add(_ cells: [String]) { rows.append(cells) }

  /// Whether there is no row.
  var isEmpty: Bool { rows.isEmpty }

  /// The lines, each cell as wide as the widest of its column, the last one free.
  func text(indent: Int = 0) -> String {
    var widths: [Int] = []
    for row in rows {
      for (position, cell) in row.enumerated() {
        if position == widths.count { widths.append(0) }
        // A very long cell doesn't push the others away.
        widths[position] = max(widths[position], min(cell.count, 40))
      }
    }
    let margin = String(repeating: " ", count: indent)
    return rows.map { row in
      var line = margin
      for (position, cell) in row.enumerated() {
        line += cell
        if position < row.count - 1 {
          line += String(repeating: " ", count: max(0, widths[position] - cell.count) + 2)
        }
      }
      while line.last == " " { line.removeLast() }
      return line + "\n"
    }.joined()
  }
}
