import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

/// A table in the order of `at`, with groups, holes and a column that is there twice.
private func table(rows: Int) throws -> Table {
  let plain = try messyTable(rows: rows, seed: 11)
  var table = Table()
  for column in plain.columns { table.append(column.name, column.values) }
  table.append("at", .integer((0..<rows).map { Int64($0 / 2) }))
  if let age = plain.columns.first(where: { $0.name == "age" }) {
    table.append("years", age.values)
  }
  return table
}

private func everyKind(split: Bool) -> Pipeline {
  var pipeline = Pipeline([
    DropDuplicateColumns(),
    DropDuplicates(["age", "city", "house"]),
    Fill(["income"]) { ($0.groupColumns, $0.orderBy, $0.limit) = (["city"], "at", 2) },
    Lag(["age"]) { ($0.groupColumns, $0.orderBy) = (["house"], "at") },
    Impute(.numeric),
    Standardize(["income"]) { $0.groupColumns = ["city"] },
    Polynomial(["age", "income"]),
    NormalizeRows(["age", "income"]) {
      ($0.common.keepOriginal, $0.common.name) = (true, "{column}_unit")
    },
    Resample(),
    TargetEncode(["house"]) { $0.foldBy = "city" },
    Shuffle(),
    Standardize(["age"]),
  ])
  var target = Contract.Column("churned")
  target.role = .target
  pipeline.schema.columns = [target]
  if split { pipeline.split = Split() }
  return pipeline
}

@Test(arguments: [false, true])
func everyKindOfStepGivesTheSameInAnyPartsAndMemory(split: Bool) throws {
  let table = try table(rows: 300)
  var artifacts: Set<[UInt8]> = []
  var outputs: [Table] = []
  for (blockRows, threads, memory) in [
    (1000, 1, 1 << 30), (7, 3, 1 << 30), (64, 1, 0), (1, 2, 20_000),
  ] {
    var options = RunOptions()
    (options.threads, options.memory) = (threads, memory)
    let result = try everyKind(split: split).fitted(
      to: TableReader(table, blockRows: blockRows), options)
    artifacts.insert(try Artifact.write(result.fitted))
    outputs.append(try result.table())
    var ledger = result.ledger()
    #expect(ledger.balances)
    #expect(ledger.added.map(\.step) == ["resample"])
    #expect(outputs[0].rowCount == ledger.leftOut)
    ledger.added = []
    #expect(!ledger.balances)
  }
  #expect(artifacts.count == 1)
  #expect(outputs.allSatisfy { $0 == outputs[0] })
}

@Test func servingStreamsEveryKindOfStep() throws {
  let table = try table(rows: 200)
  let fitted = try everyKind(split: false).fitted(to: TableReader(table), RunOptions()).fitted
  let served = try fitted.apply(table)
  #expect(served.rowCount == 200)
  #expect(!served.columns.map(\.name).contains("years"))
  for blockRows in [1, 9] {
    #expect(try fitted.apply(to: TableReader(table, blockRows: blockRows)) == served)
  }
}

@Test func rowsServedOneByOneSeeTheEarlierOnes() throws {
  let table = try Table([
    "at": .integer([1, 2, 3]), "g": .category(["a", "b", "a"]), "x": .float([5, 6, 7]),
  ])
  var pipeline = Pipeline([
    Lag(["x"]) { ($0.groupColumns, $0.orderBy) = (["g"], "at") }, Drop(["g", "at"]),
  ])
  pipeline.seed = 1
  let fitted = try pipeline.fitted(to: TableReader(table), RunOptions()).fitted
  let rows = try RowApplication(fitted)
  var buffer: [Float] = []
  try rows.apply(row: ["at": .integer(1), "g": .text("a"), "x": .number(5)], into: &buffer)
  #expect(buffer[0] == 5 && buffer[1].isNaN)
  try rows.apply(row: ["at": .integer(3), "g": .text("a"), "x": .number(7)], into: &buffer)
  #expect(buffer == [7, 5])
  #expect(throws: PrepError.self) {
    try rows.apply(row: ["at": .integer(2), "g": .text("a"), "x": .number(7)], into: &buffer)
  }
}
