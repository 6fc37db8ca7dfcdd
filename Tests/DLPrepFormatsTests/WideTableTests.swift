import DLPrepBytes
import DLPrepData
import DLPrepFormats
import Testing

/// Tables whose numbers are read a few rows of all columns at a time: 2,100 columns, 499 rows.
@Suite struct WideTableTests {
  private static let width = 2100
  private static let rows = 1010

  /// Row `r` has `r` in each column, but for the cells that are given.
  private func table(_ cells: [Int: [Int: String]]) -> String {
    var text = (0..<Self.width).map { "c\($0)" }.joined(separator: ",") + "\n"
    for row in 0..<Self.rows {
      var line = Array(repeating: "\(row)", count: Self.width)
      for (column, cell) in cells[row] ?? [:] { line[column] = cell }
      text += line.joined(separator: ",") + "\n"
    }
    return text
  }

  private func types(_ type: CellType = .integer(takesDecimals: false)) -> [CellType] {
    var types = Array(repeating: type, count: Self.width)
    for column in stride(from: 1, to: Self.width, by: 2) { types[column] = .float }
    return types
  }

  private func wide(_ options: inout InputOptions) { options.blockBytes = 1 << 24 }

  @Test func everyCellIsRead() throws {
    let text = table([
      3: [0: "", 1: "NA"], 600: [2: "-7", 3: "0.5"], 1009: [2098: "", 2099: "1e3"],
    ])
    let block = try read(text, types(), wide).block
    for (index, column) in block.columns.enumerated() {
      for row in 0..<Self.rows where ![3, 600, 1009].contains(row) {
        let value = index % 2 == 0 ? Double(column.integers[row]) : column.floats[row]
        guard value == Double(row), !column.missing[row] else {
          Issue.record("found \(value) in row \(row) of column \(index)")
          return
        }
      }
    }
    let missing = block.columns.map(\.missing.total)
    #expect(missing.indices.filter { missing[$0] > 0 } == [0, 1, 2098])
    #expect(block.columns[2].integers[600] == -7 && block.columns[3].floats[600] == 0.5)
    #expect(block.columns[2099].floats[1009] == 1000)
  }

  @Test func theLowestBadRowIsNamedThenItsLeftmostColumn() throws {
    let text = table([700: [0: "x"], 510: [2000: "y", 1999: "z"], 505: [2099: "w"]])
    let error = #expect(throws: PrepError.self) { _ = try read(text, types(), wide) }
    #expect(error?.place?.line == 507)
    #expect(error?.message.contains("found 'w' in column 'c2099'") == true)
    let next = #expect(throws: PrepError.self) {
      _ = try read(text.replacing(",w\n", with: ",505\n"), types(), wide)
    }
    #expect(next?.message.contains("found 'z' in column 'c1999'") == true)
  }

  @Test func badRowsAreRefusedOnceAndKeptCellsCountedOnce() throws {
    let text = table([2: [5: "x"], 510: [2000: "y", 3: "z"], 1009: [0: "w"]])
    let refused = try read(text, types()) {
      wide(&$0)
      $0.badRows = .reject
    }
    #expect(refused.source.counts.rejected == 3)
    #expect(refused.block.removed?.total == 3)
    let kept = try read(text, types()) {
      wide(&$0)
      $0.badRows = .keep
    }
    #expect(kept.source.counts.unread == 4)
    #expect(kept.block.columns[3].missing[510] && kept.block.columns[2000].missing[510])
  }

  @Test func aGuessIsProvenByEveryRow() throws {
    let text = table([2: [4: "true"], 600: [5: "0.5", 6: "x"], 1009: [7: "2024-01-01"]])
    let guess = [CellType](repeating: .integer(takesDecimals: false), count: Self.width)
    let evidence = try read(text, guess, isGuess: true, wide).evidence
    #expect(
      (4...8).map { evidence[$0]?.type } == [.category, .float, .category, .category, guess[0]])
  }
}
