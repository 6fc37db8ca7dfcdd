/// Rows of cells under each other, for people.
struct TextTable {
  private var rows: [[String]] = []

  /// Adds a row.
  mutating func add(_ cells: String...) { rows.append(cells) }

  /// Adds a row.
  mutating func add(_ cells: [String]) { rows.append(cells) }

  /// Whether there is no row.
  var isEmpty: Bool { rows.isEmpty }

  /// The lines, each cell as wide as the widest of its column, the last one free, or broken between
  /// words where a width is given.
  func text(indent: Int = 0, width: Int? = nil) -> String {
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
      for (position, cell) in row.enumerated() where position < row.count - 1 {
        line += cell + String(repeating: " ", count: max(0, widths[position] - cell.count) + 2)
      }
      let last = row.last ?? ""
      guard let width else { return Self.trimmed(line + last) + "\n" }
      let start = line.count
      return last.broken(into: max(20, width - start)).enumerated().map { number, part in
        Self.trimmed((number == 0 ? line : String(repeating: " ", count: start)) + part) + "\n"
      }.joined()
    }.joined()
  }

  private static func trimmed(_ line: String) -> String {
    var line = line
    while line.last == " " { line.removeLast() }
    return line
  }
}

extension String {
  /// Lines of at most a width, broken between words; a longer word stands alone.
  fileprivate func broken(into width: Int) -> [String] {
    var lines = [""]
    for word in split(separator: " ") {
      let line = lines[lines.count - 1]
      if line.isEmpty {
        lines[lines.count - 1] = String(word)
      } else if line.count + 1 + word.count <= width {
        lines[lines.count - 1] += " " + word
      } else {
        lines.append(String(word))
      }
    }
    return lines
  }
}
