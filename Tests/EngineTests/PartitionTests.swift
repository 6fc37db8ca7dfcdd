import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

/// A table with holes, ties and rare values, the same for a seed.
func messyTable(rows: Int, seed: UInt64) throws -> Table {
  var state = seed
  func next(_ bound: Int) -> Int {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Int((state >> 33) % UInt64(bound))
  }
  let ages = (0..<rows).map { _ in next(10) == 0 ? nil : Int64(next(90)) }
  let incomes = (0..<rows).map { _ in next(20) == 0 ? nil : Double(next(1_000_000)) / 7 }
  let cities = (0..<rows).map { _ in next(15) == 0 ? nil : "c\(next(next(12) + 1))" }
  let houses = (0..<rows).map { _ -> String? in "h\(next(40))" }
  let churned = (0..<rows).map { _ -> Bool? in next(3) == 0 }
  return try Table([
    "age": .integer(ages), "income": .float(incomes), "city": .category(cities),
    "house": .category(houses), "churned": .bool(churned),
  ])
}

func pipeline(split: Bool) -> Pipeline {
  var pipeline = Pipeline([
    Outliers(.names(["income"])) { $0.action = .dropRow },
    Impute(.numeric) { $0.indicator = true },
    TargetEncode(.names(["house"])) { $0.foldBy = "city" },
    OneHot(.names(["city"])),
    Standardize(.numeric),
  ])
  var target = Contract.Column("churned")
  target.role = .target
  pipeline.schema.columns = [target]
  if split { pipeline.split = Split() }
  return pipeline
}

@Test(arguments: [false, true])
func anyPartitionGivesTheSameArtifactAndOutput(split: Bool) throws {
  let table = try messyTable(rows: 700, seed: 3)
  var artifacts: Set<[UInt8]> = []
  var outputs: [Table] = []
  for blockRows in [1, 7, 64, 10_000] {
    for threads in [1, 3] {
      var options = RunOptions()
      options.threads = threads
      let result = try pipeline(split: split).fitted(
        to: TableReader(table, blockRows: blockRows), options)
      artifacts.insert(try Artifact.write(result.fitted))
      outputs.append(try result.table())
      var ledger = result.ledger()
      ledger.leftOut = 0
      ledger.written = outputs[0].rowCount
      #expect(ledger.balances)
    }
  }
  #expect(artifacts.count == 1)
  #expect(outputs.allSatisfy { $0 == outputs[0] })
}

@Test func savedAndLoadedIsTheSame() throws {
  let table = try messyTable(rows: 500, seed: 5)
  let fitted = try pipeline(split: false).fitted(to: TableReader(table), RunOptions()).fitted
  let bytes = try Artifact.write(fitted)
  let loaded = try Artifact.read(bytes, name: "m.dlprep", catalog: standardStages)
  #expect(try Artifact.write(loaded) == bytes)
  let other = try messyTable(rows: 200, seed: 9)
  #expect(try loaded.apply(other) == fitted.apply(other))
  #expect(try fitted.apply(other).rowCount == 200)
}

@Test func memoryThatIsTooSmallChangesNothing() throws {
  let table = try messyTable(rows: 600, seed: 11)
  var options = RunOptions()
  let roomy = try pipeline(split: true).fitted(to: TableReader(table, blockRows: 50), options)
  options.memory = 0
  let tight = try pipeline(split: true).fitted(to: TableReader(table, blockRows: 50), options)
  #expect(try Artifact.write(roomy.fitted) == Artifact.write(tight.fitted))
  #expect(try roomy.table() == tight.table())
}

@Test func oneRowIsServedAsTheTableIs() throws {
  let table = try messyTable(rows: 500, seed: 5)
  let fitted = try pipeline(split: false).fitted(to: TableReader(table), RunOptions()).fitted
  let tensor = try fitted.tensor(table)
  let rows = try RowApplication(fitted)
  var buffer: [Float] = []
  for row in 0..<50 {
    var cells: [String: Cell] = [:]
    for (name, values) in table.columns {
      switch values {
      case .integer(let v): cells[name] = v[row].map { .integer($0) }
      case .float(let v): cells[name] = v[row].map { .number($0) }
      case .bool(let v): cells[name] = v[row].map { .bool($0) }
      case .category(let v), .text(let v): cells[name] = v[row].map { .text($0) }
      }
    }
    try rows.apply(row: cells, into: &buffer)
    #expect(buffer == (0..<tensor.shape[1]).map { tensor[row, $0] })
  }
}
