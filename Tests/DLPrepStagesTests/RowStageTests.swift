import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private func fitted(
  _ stages: [any Stage], _ table: Table, split: Split? = nil, blockRows: Int = 3
) throws -> (ledger: Ledger, output: Table) {
  var pipeline = supervised(stages)
  pipeline.schema.columns[0].isRequired = false
  pipeline.split = split
  let result = try pipeline.fitted(to: TableReader(table, blockRows: blockRows), RunOptions())
  return (result.ledger(), try result.table())
}

private func numbers(_ values: Table.Values?) -> [Int64?] {
  if case .integer(let numbers)? = values { numbers } else { [] }
}

@Test func duplicatesGoAsTheyAreToldTo() throws {
  let table = try Table([
    "a": .category(["x", "y", "x", nil, "x", nil]), "n": .float([1, 2, 1, 3, 1.5, 3]),
    "row": .integer([0, 1, 2, 3, 4, 5]),
  ])
  func rows(_ set: (inout DropDuplicates) -> Void) throws -> [Int64?] {
    numbers(try fitted([DropDuplicates(["a", "n"], set)], table).output.values(of: "row"))
  }
  #expect(try rows { _ in } == [0, 1, 3, 4])
  #expect(try rows { $0.keep = .last } == [1, 2, 4, 5])
  #expect(try rows { $0.keep = .none } == [1, 4])
  let whole = try fitted([DropDuplicates()], table)
  #expect(numbers(whole.output.values(of: "row")).count == 6)
  #expect(whole.ledger.dropped.isEmpty)
}

@Test func rareClassesAreRepeatedAndFrequentOnesDropped() throws {
  let table = try Table([
    "row": .integer((0..<10).map { Int64($0) }),
    "y": .category((0..<10).map { [2, 5, 8].contains($0) ? "rare" : "often" }),
  ])
  let over = try fitted([Resample()], table)
  let rows = numbers(over.output.values(of: "row")).compactMap { $0 }
  #expect(rows.count == 14)
  #expect(Array(rows[..<10]) == Array(0..<10))
  // Four copies of three rows: each once, one of them twice.
  #expect(Set(rows[10...]) == [2, 5, 8])
  #expect(over.ledger.added.map(\.count) == [4])
  #expect(over.ledger.balances)
  var step = Resample()
  (step.strategy, step.ratio) = (.under, 0.75)
  let under = try fitted([step], table)
  let kept = numbers(under.output.values(of: "row")).compactMap { $0 }
  #expect(kept.count == 7 && kept == kept.sorted() && Set([2, 5, 8]).isSubset(of: kept))
  #expect(under.ledger.dropped.map(\.count) == [3])
  #expect(under.ledger.balances)
}

@Test func aTargetThatIsANumberHasNoClasses() throws {
  let table = try Table(["y": .float([1, 2, 3])])
  #expect(throws: PrepError.self) { try fitted([Resample()], table) }
}

@Test func testRowsStayAsTheyAreBehindArrangedOnes() throws {
  let table = try Table([
    "row": .integer((0..<40).map { Int64($0) }),
    "x": .float((0..<40).map { Double(($0 * 7) % 40) }),
    "y": .category((0..<40).map { $0 % 4 == 0 ? "a" : "b" }),
  ])
  var split = Split()
  split.test = 0.3
  let plain = try fitted([], table, split: split)
  let sorted = try fitted([Sort(["x"])], table, split: split)
  #expect(plain.ledger.testRows == sorted.ledger.testRows)
  let rows = numbers(sorted.output.values(of: "row")).compactMap { $0 }
  let tests = rows.suffix(plain.ledger.testRows)
  #expect(tests.count > 3 && Array(tests) == tests.sorted())
  let train = rows.dropLast(tests.count).map { ($0 * 7) % 40 }
  #expect(train == train.sorted())
  #expect(Set(rows).count == 40)
  // Rows that only go leave the others among the test rows.
  let fewer = try fitted([DropDuplicates(["y"])], table, split: split)
  let left = numbers(fewer.output.values(of: "row")).compactMap { $0 }
  #expect(left == left.sorted() && left.count == tests.count + 2)
  #expect(fewer.ledger.balances && sorted.ledger.balances)
}

@Test func chanceDoesNotDependOnBlocks() throws {
  let table = try Table(["row": .integer((0..<200).map { Int64($0) })])
  var sample = Sample()
  sample.rows = 50
  var half = Sample()
  half.share = 0.5
  for stage in [sample, half, Shuffle()] as [any Stage] {
    let one = try fitted([stage], table, blockRows: 1000).output
    for blockRows in [1, 7, 64] {
      #expect(try fitted([stage], table, blockRows: blockRows).output == one)
    }
    #expect(one.values(of: "row") != table.values(of: "row"))
  }
  #expect(try fitted([sample], table).output.rowCount == 50)
  #expect((70...130).contains(try fitted([half], table).output.rowCount))
  #expect(
    Set(numbers(try fitted([Shuffle()], table).output.values(of: "row"))) == Set((0..<200)))
}

@Test func laterStepsLearnFromArrangedRows() async throws {
  let table = try Table([
    "x": .float([0, 0, 0, 10]), "y": .category(["a", "a", "a", "b"]),
  ])
  var pipeline = supervised([Resample(), Standardize(["x"])])
  pipeline.schema.columns[0].isRequired = false
  let model = try await pipeline.fit(table)
  // Three of each: the mean is 5.
  #expect(near(try model.apply(table).values(of: "x"), [-1, -1, -1, 1]))
}

@Test func rowsAreSortedByValueThenAsTheyStood() throws {
  let table = try Table([
    "a": .category(["b", nil, "a", "b", "a"]), "t": .text(["x", "y", "z", "w", "z"]),
    "n": .integer([1, 2, 3, 1, 4]), "row": .integer([0, 1, 2, 3, 4]),
  ])
  func rows(_ stage: Sort) throws -> [Int64?] {
    numbers(try fitted([stage], table, blockRows: 2).output.values(of: "row"))
  }
  #expect(try rows(Sort(["a"])) == [2, 4, 0, 3, 1])
  #expect(try rows(Sort(["a", "n"]) { $0.descending = ["a", "n"] }) == [0, 3, 4, 2, 1])
  #expect(try rows(Sort(["t"])) == [3, 0, 1, 2, 4])
  #expect(try rows(Sort(["n", "t"])) == [3, 0, 1, 2, 4])
}
