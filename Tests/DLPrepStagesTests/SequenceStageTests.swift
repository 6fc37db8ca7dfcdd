import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private func model(_ stage: any Stage, _ table: Table) throws -> FittedPipeline {
  try Pipeline([stage]).fitted(to: TableReader(table, blockRows: 2), RunOptions()).fitted
}

private func shops() throws -> Table {
  try Table([
    "shop": .category(["a", "b", "a", "a", "b"]), "week": .integer([1, 1, 2, 3, 2]),
    "price": .integer([10, 7, nil, 12, 9]),
  ])
}

private func grouped<S: SequenceStage>(_ stage: S, _ set: (inout S) -> Void) -> S {
  var stage = stage
  stage.common.columns = .names(["price"])
  set(&stage)
  return stage
}

@Test func earlierValuesStandBesideLaterOnes() async throws {
  let lag = grouped(Lag()) {
    ($0.periods, $0.groupColumns, $0.orderBy) = ([1, 2], ["shop"], "week")
  }
  let out = try model(lag, shops()).apply(shops())
  #expect(out.columns.map(\.name) == ["shop", "week", "price", "price_lag1", "price_lag2"])
  #expect(out.values(of: "price_lag1") == .integer([nil, nil, 10, nil, 7]))
  #expect(out.values(of: "price_lag2") == .integer([nil, nil, nil, 10, nil]))
  let difference = grouped(Difference()) { ($0.groupColumns, $0.orderBy) = (["shop"], "week") }
  let differences = try model(difference, shops()).apply(shops())
  #expect(differences.values(of: "price_diff1") == .integer([nil, nil, nil, nil, 2]))
}

@Test func missingValuesAreFilledUpToTheLimit() async throws {
  let table = try Table([
    "at": .integer([1, 2, 3, 4, 5, 6]), "c": .category([nil, "x", nil, nil, "é", nil]),
    "t": .text(["one", nil, nil, nil, "two", nil]), "f": .float([1, nil, nil, 4, nil, nil]),
    "l": .bool([true, nil, false, nil, nil, nil]),
  ])
  let one = Fill(["c", "t", "f", "l"]) { ($0.orderBy, $0.limit) = ("at", 1) }
  let all = Fill(["c", "t", "f", "l"]) { $0.orderBy = "at" }
  for blockRows in [1, 2, 6] {
    let fitted = try model(one, table)
    let out = try fitted.apply(to: TableReader(table, blockRows: blockRows))
    #expect(out.values(of: "c") == .category([nil, "x", "x", nil, "é", "é"]))
    #expect(out.values(of: "t") == .text(["one", "one", nil, nil, "two", "two"]))
    #expect(out.values(of: "f") == .float([1, 1, nil, 4, 4, nil]))
    #expect(out.values(of: "l") == .bool([true, true, false, false, nil, nil]))
    let whole = try model(all, table).apply(to: TableReader(table, blockRows: blockRows))
    #expect(whole.values(of: "f") == .float([1, 1, 1, 4, 4, 4]))
    #expect(whole.values(of: "c") == .category([nil, "x", "x", "x", "é", "é"]))
  }
}

@Test func rowsOutOfOrderAreRefusedAtTheirPlace() throws {
  let lag = grouped(Lag()) { $0.orderBy = "week" }
  let error = #expect(throws: PrepError.self) { try model(lag, shops()) }
  #expect(error?.code == .order)
  #expect(error?.record == 4 || error?.place != nil)
  #expect(error?.message.contains("'week'") == true)
  // In groups they are in order; sorted, too.
  var sorted = Pipeline([Sort(["week"]), lag])
  sorted.seed = 1
  #expect(throws: Never.self) {
    try sorted.fitted(to: TableReader(shops()), RunOptions())
  }
  let hole = try shops().replacingWeek(with: [1, 1, nil, 3, 2])
  let grouped = grouped(Lag()) { ($0.groupColumns, $0.orderBy) = (["shop"], "week") }
  #expect(throws: PrepError.self) { try model(grouped, hole) }
  #expect(throws: PrepError.self) { try model(grouped, shops()).apply(hole) }
}

@Test func historyIsCarriedOnlyWhereAsked() throws {
  let later = try Table([
    "shop": .category(["b", "a", "c", "a"]), "week": .integer([3, 4, 1, 5]),
    "price": .integer([5, 6, 8, 9]),
  ])
  let fresh = grouped(Lag()) { ($0.groupColumns, $0.orderBy) = (["shop"], "week") }
  let carry = grouped(fresh) { $0.history = .carry }
  #expect(
    try model(fresh, shops()).apply(later).values(of: "price_lag1")
      == .integer([nil, nil, nil, 6]))
  let fitted = try model(carry, shops())
  #expect(try fitted.apply(later).values(of: "price_lag1") == .integer([9, 12, nil, 6]))
  let saved = try Artifact.read(
    Artifact.write(fitted), name: "m.dlprep", catalog: standardStages)
  #expect(try saved.apply(later) == fitted.apply(later))
  // The training rows themselves come before the end of training.
  #expect(throws: PrepError.self) { try fitted.apply(shops()) }
}

@Test func aStageThatNeedsAnOrderMustBeToldIt() {
  #expect(throws: PrepError.self) { try Lag(["x"]).validate() }
  #expect(throws: PrepError.self) { try Fill(["x"]).validate() }
  #expect(throws: PrepError.self) {
    try Lag(["x"]) { ($0.orderBy, $0.periods) = ("t", [0]) }.validate()
  }
}

extension Table {
  fileprivate func replacingWeek(with weeks: [Int64?]) throws -> Table {
    var table = Table()
    for column in columns {
      table.append(column.name, column.name == "week" ? .integer(weeks) : column.values)
    }
    return table
  }
}

@Test func valuesAreFilledBackwardUpToTheLimit() throws {
  let table = try Table([
    "at": .integer([1, 2, 3, 4, 5, 6]), "c": .category([nil, "x", nil, nil, "é", nil]),
    "t": .text(["one", nil, nil, nil, "two", nil]), "f": .float([nil, nil, nil, 4, nil, 6]),
    "l": .bool([true, nil, false, nil, nil, true]), "i": .integer([nil, 2, nil, nil, nil, nil]),
  ])
  let one = Fill(["c", "t", "f", "l", "i"]) {
    ($0.direction, $0.orderBy, $0.limit) = (.backward, "at", 1)
  }
  let all = Fill(["c", "t", "f", "l", "i"]) { ($0.direction, $0.orderBy) = (.backward, "at") }
  for blockRows in [1, 2, 6] {
    let out = try model(one, table).apply(to: TableReader(table, blockRows: blockRows))
    #expect(out.values(of: "c") == .category(["x", "x", nil, "é", "é", nil]))
    #expect(out.values(of: "t") == .text(["one", nil, nil, "two", "two", nil]))
    #expect(out.values(of: "f") == .float([nil, nil, 4, 4, 6, 6]))
    #expect(out.values(of: "l") == .bool([true, false, false, nil, true, true]))
    #expect(out.values(of: "i") == .integer([2, 2, nil, nil, nil, nil]))
    let whole = try model(all, table).apply(to: TableReader(table, blockRows: blockRows))
    #expect(whole.values(of: "c") == .category(["x", "x", "é", "é", "é", nil]))
    #expect(whole.values(of: "t") == .text(["one", "two", "two", "two", "two", nil]))
    #expect(whole.values(of: "f") == .float([4, 4, 4, 4, 6, 6]))
    #expect(whole.values(of: "l") == .bool([true, false, false, true, true, true]))
  }
  #expect(throws: PrepError.self) {
    try Fill(["x"]) { ($0.direction, $0.orderBy, $0.history) = (.backward, "t", .carry) }
      .validate()
  }
}

@Test func gapsAreFilledOnALineOverTheOrder() throws {
  // Polars 2.1: interpolate_by("at").
  let table = try Table([
    "at": .float([1, 2, 2, 4, 5, 5, 7, 7, 7, 8]),
    "x": .float([1, nil, nil, 4, nil, 7, -1e308, nil, 1e308, nil]),
    "i": .integer([nil, 3, nil, 1, nil, nil, nil, nil, 4, nil]),
  ])
  let line = try model(Interpolate(["x", "i"]) { $0.orderBy = "at" }, table).apply(table)
  #expect(line.values(of: "x") == .float([1, 2, 2, 4, 7, 7, -1e308, -1e308, 1e308, nil]))
  #expect(line.values(of: "i") == .float([nil, 3, 3, 1, 2, 2, 4, 4, 4, nil]))
  let short = try model(
    Interpolate(["x", "i"]) { ($0.orderBy, $0.maxGap) = ("at", 1) }, table
  ).apply(table)
  #expect(short.values(of: "x") == .float([1, nil, nil, 4, 7, 7, -1e308, -1e308, 1e308, nil]))
  #expect(short.values(of: "i") == .float([nil, 3, 3, 1, nil, nil, nil, nil, 4, nil]))
}
