import DLPrepBytes
import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

@Test func everyScalerGoesByGroups() async throws {
  let table = try Table([
    "g": .category(["a", "a", "a", "b", "b", nil]), "x": .float([1, 3, 5, 10, 30, nil]),
  ])
  let other = try Table(["g": .category(["b", "c", nil]), "x": .float([20, 16, 1])])
  func out(_ stage: any Stage) async throws -> (Table.Values?, Table.Values?) {
    let fitted = try await Pipeline([stage]).fit(table)
    return (try fitted.apply(table).values(of: "x"), try fitted.apply(other).values(of: "x"))
  }
  let minmax = try await out(MinMaxScale(["x"]) { $0.groupColumns = ["g"] })
  #expect(near(minmax.0, [0, 0.5, 1, 0, 1, nil]))
  // An unseen group, and one without any value, go by all rows: 1 to 30.
  #expect(near(minmax.1, [0.5, 15.0 / 29, 0]))
  let maxabs = try await out(MaxAbsScale(["x"]) { $0.groupColumns = ["g"] })
  #expect(near(maxabs.0, [0.2, 0.6, 1, 1.0 / 3, 1, nil]))
  #expect(near(maxabs.1, [2.0 / 3, 16.0 / 30, 1.0 / 30]))
  let robust = try await out(RobustScale(["x"]) { $0.groupColumns = ["g"] })
  #expect(near(robust.0, [-1, 0, 1, -1, 1, nil]))
  #expect(near(robust.1, [0, 11.0 / 7, -4.0 / 7]))
}

@Test func withoutGroupsAScalerIsSavedAsBefore() throws {
  var scale = MinMaxScale.Scale()
  (scale.scale, scale.offset) = (2, 3)
  var scales = GroupScales(scale)
  #expect(scales.saved == scale.saved)
  #expect(try GroupScales<MinMaxScale.Scale>(loading: scale.saved) == scales)
  #expect(GroupScales(2.5).saved == .number(2.5))
  scales.groups = [MinMaxScale.Scale()]
  #expect(throws: PrepError.self) {
    try GroupScales<MinMaxScale.Scale>(loading: scales.saved)
  }
}

/// A pipeline whose rows have the weights of column `w`.
private func weighted(_ stages: [any Stage]) -> Pipeline {
  var pipeline = Pipeline(stages)
  var weight = Contract.Column("w")
  (weight.role, weight.isRequired) = (.weight, false)
  pipeline.schema.columns = [weight]
  return pipeline
}

private let values: [Double?] = [3, -2, nil, 7, 7, 0.25, 11, 5]
private let weights: [Int64] = [1, 2, 9, 1, 4, 0, 3, 1]

@Test func aWeightCountsAsSoManyRows() async throws {
  let table = try Table(["x": .float(values), "w": .integer(weights)])
  var repeated: [Double?] = []
  for (value, weight) in zip(values, weights) {
    repeated += Array(repeating: value, count: Int(weight))
  }
  let rows = try Table(["x": .float(repeated)])
  let stages: [any Stage] = [
    Standardize(["x"]), Standardize(["x"]) { $0.ddof = 1 },
    Impute(["x"]) { $0.strategy = .mean }, Bin(["x"]) { ($0.method, $0.bins) = (.uniform, 3) },
    Bin(["x"]) { $0.bins = 3 }, Spline(["x"]) { $0.knots = 3 },
  ]
  let serving = try Table(["x": .float([-3, 0.25, 6, nil, 20])])
  for stage in stages {
    let found = try await weighted([stage]).fit(table).apply(serving)
    let expected = try await Pipeline([stage]).fit(rows).apply(serving)
    #expect(found.columns.map(\.name) == expected.columns.map(\.name) + ["w"])
    for (a, b) in zip(found.columns, expected.columns) {
      guard case .float(let numbers) = b.values else {
        #expect(a.values == b.values)
        continue
      }
      #expect(near(a.values, numbers), "\(stage)")
    }
  }
}

@Test func weightsHoldWithinGroupsAndAnyBlocks() throws {
  let table = try Table([
    "g": .category(["a", "a", "b", "b", "b", "a", "b", "a"]), "x": .float(values),
    "w": .float(weights.map { Double($0) / 7 }),
  ])
  let stage = Standardize(["x"]) { $0.groupColumns = ["g"] }
  let whole = try weighted([stage]).fitted(to: TableReader(table), RunOptions())
  for blockRows in [1, 3] {
    let parts = try weighted([stage]).fitted(
      to: TableReader(table, blockRows: blockRows), RunOptions())
    #expect(try parts.table() == whole.table())
  }
  // Group a: 3, -2 and 5 by 1, 2 and 1; group b: 7, 7 and 11 by 1, 4 and 3.
  let out = try whole.table().values(of: "x")
  guard case .float(let found)? = out else { throw PrepError(.internal, "expected floats") }
  #expect(abs((found[0] ?? .nan) - (3 - 1.0) / 9.5.squareRoot()) < 1e-14)
  #expect(abs((found[3] ?? .nan) - (7 - 8.5) / 3.75.squareRoot()) < 1e-14)
}

@Test func weightsMustBeNumbersFromZero() async throws {
  let numbers = Table.Values.float([1, 2, 3])
  for weights in [Table.Values.float([1, -1, 1]), .float([1, nil, 1]), .float([0, 0, 0])] {
    let table = try Table(["x": numbers, "w": weights])
    await #expect(throws: PrepError.self) { try await weighted([Standardize(["x"])]).fit(table) }
    // Who doesn't mind them doesn't look.
    _ = try await weighted([MinMaxScale(["x"])]).fit(table)
  }
}
