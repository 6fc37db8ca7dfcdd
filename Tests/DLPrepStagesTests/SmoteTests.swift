import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private func balanced(
  _ stage: Smote, _ table: Table, blockRows: Int = 7
) throws -> (ledger: Ledger, output: Table) {
  var pipeline = supervised([stage])
  pipeline.schema.columns[0].isRequired = false
  let result = try pipeline.fitted(to: TableReader(table, blockRows: blockRows), RunOptions())
  return (result.ledger(), try result.table())
}

private func floats(_ values: Table.Values?) -> [Double] {
  switch values {
  case .float(let numbers)?: numbers.compactMap { $0 }
  case .integer(let numbers)?: numbers.compactMap { $0.map(Double.init) }
  default: []
  }
}

/// 60 rows, 9 of them of a rare class whose numbers lie elsewhere.
private func someRows() throws -> Table {
  let rows = 0..<60
  let isRare = rows.map { $0 % 7 == 3 }
  return try Table([
    "a": .float(
      rows.map { (row: Int) -> Double in Double(row * 37 % 41 + (isRare[row] ? 100 : 0)) }),
    "b": .float(rows.map { Double($0 * 23 % 29) / 3 }),
    "k": .category(rows.map { ["u", "v", "w"][$0 * 5 % 7 % 3] }),
    "row": .integer(rows.map { Int64($0) }),
    "y": .category(isRare.map { $0 ? "rare" : "often" }),
  ])
}

@Test func madeUpRowsLieBetweenARowAndOneOfItsNeighbours() throws {
  let table = try someRows()
  let stage = Smote(["a", "b"]) { $0.neighbors = 3 }
  let (ledger, output) = try balanced(stage, table)
  #expect(output.rowCount == 102 && ledger.balances)
  #expect(ledger.added.map(\.count) == [42])
  let (a, b) = (floats(output.values(of: "a")), floats(output.values(of: "b")))
  // The number of the row that stands beside each is that of the one it was made of.
  let row = floats(output.values(of: "row")).map { Int($0) }
  let own = (0..<60).filter { $0 % 7 == 3 }
  #expect(Array(row[..<60]) == Array(0..<60))
  var times = [Int: Int]()
  for made in 60..<102 {
    let base = row[made]
    times[base, default: 0] += 1
    func square(_ i: Int) -> Double {
      (a[i] - a[base]) * (a[i] - a[base]) + (b[i] - b[base]) * (b[i] - b[base])
    }
    let neighbours = own.filter { $0 != base }.sorted { square($0) < square($1) }.prefix(3)
    let isBetween = neighbours.contains { other in
      let share = a[other] == a[base] ? 0 : (a[made] - a[base]) / (a[other] - a[base])
      return (0...1).contains(share)
        && abs(b[base] + share * (b[other] - b[base]) - b[made]) < 1e-9
    }
    #expect(isBetween)
  }
  // 42 of 9 rows: each four times, six of them once more.
  #expect(times.values.sorted() == [4, 4, 4, 5, 5, 5, 5, 5, 5])
  #expect(Set(a[60...]).count == 42)
}

@Test func categoriesAreThoseOfMostNeighbours() throws {
  let table = try Table([
    "a": .float([0, 1, 2, 3, 50, 51, 52, 53, 54, 55]),
    "k": .category(["u", "v", "v", "v", "u", "u", "u", "u", "u", "u"]),
    "y": .category([
      "rare", "rare", "rare", "rare", "often", "often", "often", "often", "often", "often",
    ]),
  ])
  let output = try balanced(Smote(["a", "k"]) { $0.neighbors = 3 }, table).output
  guard case .category(let found)? = output.values(of: "k") else { return }
  #expect(found.count == 12 && found[10...].allSatisfy { $0 == "v" })
}

@Test func sameRowsAreMadeWhateverTheBlocks() throws {
  let table = try someRows()
  let stage = Smote(["a", "k"]) { $0.ratio = 0.5 }
  let one = try balanced(stage, table, blockRows: 1000)
  // Half of 51, rounded down.
  #expect(one.output.rowCount == 60 + 25 - 9)
  for blockRows in [1, 13] {
    #expect(try balanced(stage, table, blockRows: blockRows).output == one.output)
  }
}

@Test func whatCannotBeMadeUpIsAnErrorThatSaysWhy() throws {
  let table = try someRows()
  func message(_ stage: Smote, _ table: Table) -> String {
    do {
      _ = try balanced(stage, table)
      return "none"
    } catch {
      return "\(error)"
    }
  }
  let holed = table.replaced("b", by: .float((0..<60).map { $0 == 31 ? nil : 1 }))
  #expect(message(Smote(["a", "b"]), holed).contains("impute it first"))
  #expect(message(Smote(["a"]), holed) == "none")
  #expect(message(Smote(["a"]) { $0.neighbors = 9 }, table).contains("neighbors: 8"))
  let numbers = table.replaced("y", by: .float((0..<60).map { Double($0) }))
  #expect(message(Smote(["a"]), numbers).contains("classes"))
}

extension Table {
  fileprivate func replaced(_ name: String, by values: Values) -> Table {
    var changed = Table()
    for column in columns {
      changed.append(column.name, column.name == name ? values : column.values)
    }
    return changed
  }
}
