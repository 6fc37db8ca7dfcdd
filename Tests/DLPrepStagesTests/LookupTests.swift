import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private func cities() throws -> Table {
  try Table([
    "name": .category(["Oslo", "Turku", nil, "Bergen"]), "zone": .integer([1, 2, 3, 1]),
    "size": .float([709, 197.5, 1, nil]), "coast": .bool([true, true, false, nil]),
    "note": .text(["capital", "old", "none", nil]),
  ])
}

private func people() throws -> Table {
  try Table([
    "zone": .integer([1, 2, 1, nil]), "city": .category(["Bergen", "Turku", nil, "Oslo"]),
  ])
}

private func fitted(_ stage: any Stage) throws -> TrainingResult {
  try Pipeline([stage]).fitted(to: TableReader(people(), blockRows: 2), RunOptions())
}

@Test func whatIsFoundByTheKeysStandsBesideThem() throws {
  let stage = try Lookup("cities", in: cities()) {
    ($0.on, $0.take) = (
      ColumnNames(["city": "name"]),
      ColumnNames(["size": "size", "by_the_sea": "coast", "note": "note", "area": "zone"])
    )
  }
  let result = try fitted(stage)
  let out = try result.table()
  #expect(out.columns.map(\.name) == ["zone", "city", "size", "by_the_sea", "note", "area"])
  #expect(out.values(of: "size") == .float([nil, 197.5, nil, 709]))
  #expect(out.values(of: "by_the_sea") == .bool([nil, true, nil, true]))
  #expect(out.values(of: "note") == .text([nil, "old", nil, "capital"]))
  #expect(out.values(of: "area") == .integer([1, 2, nil, 1]))
  #expect(result.ledger().counts.map { "\($0.kind) \($0.count)" } == ["rows without a match 1"])
}

@Test func aFittedPipelineHoldsTheTableItself() throws {
  let stage = try Lookup("cities", in: cities()) {
    $0.on = ColumnNames(["city": "name", "zone": "zone"])
  }
  let model = try fitted(stage).fitted
  let saved = try Artifact.write(model)
  let loaded = try Artifact.read(saved, name: "m.dlprep", catalog: standardStages)
  #expect(try loaded.apply(people()) == model.apply(people()))
  #expect(try Artifact.write(loaded) == saved)
  let text = String(decoding: saved, as: UTF8.self)
  #expect(text.contains("\"sha256\""))
  #expect(try loaded.apply(people()).values(of: "size") == .float([nil, 197.5, nil, nil]))
}

@Test func tablesThatDontFitAreRefused() throws {
  let twice = try Table(["k": .integer([1, 2, 1]), "v": .integer([1, 2, 3])])
  let error = #expect(throws: PrepError.self) { try Lookup("t", in: twice) { $0.on = ["k"] } }
  #expect(error?.message.contains("'1' at table:1 and table:3") == true)
  #expect(throws: PrepError.self) { try Lookup("t", in: twice) { $0.on = ["key"] } }
  #expect(throws: PrepError.self) {
    try Lookup("t", in: cities()) { ($0.on, $0.take) = (["name"], ["sizes"]) }
  }
  // Never handed over: from Swift a stage must be made with its table.
  var alone = Lookup()
  (alone.table, alone.on) = ("cities.csv", ["city"])
  let missing = #expect(throws: PrepError.self) { try fitted(alone) }
  #expect(missing?.message.contains("'cities.csv'") == true)
  #expect(throws: PrepError.self) { try Lookup().validate() }
}
