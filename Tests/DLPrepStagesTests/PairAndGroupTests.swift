import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private func trained(_ stage: any Stage, _ table: Table) throws -> (Table, Ledger) {
  let result = try Pipeline([stage]).fitted(to: TableReader(table, blockRows: 2), RunOptions())
  return (try result.table(), result.ledger())
}

@Test func ratiosStandLastAndDivisionsByZeroAreCounted() throws {
  let table = try Table([
    "a": .integer([6, 5, nil, 0, 1]), "b": .float([4, 0, 2, 0, .leastNonzeroMagnitude]),
    "c": .integer([3, 2, 1, 5, 1]),
  ])
  let (out, ledger) = try trained(Ratio(["a", "b"]) { $0.to = ["c", "b"] }, table)
  #expect(out.columns.map(\.name) == ["a", "b", "c", "a/c", "a/b"])
  #expect(out.values(of: "a/c") == .float([2, 2.5, nil, 0, 1]))
  #expect(out.values(of: "a/b") == .float([1.5, nil, nil, nil, nil]))
  #expect(
    ledger.counts.map { "\($0.kind) \($0.count)" } == [
      "divisions by zero 2", "ratios that are no number 1",
    ])
}

@Test func differencesOfWholeNumbersAreWhole() throws {
  let table = try Table([
    "a": .integer([6, .max, nil, 9_007_199_254_740_993]), "b": .integer([4, -1, 2, 1]),
    "c": .float([0.5, 1, 2, 1]),
  ])
  let (out, ledger) = try trained(DifferenceOf(["a"]) { $0.to = ["b", "c"] }, table)
  #expect(out.values(of: "a-b") == .integer([2, nil, nil, 9_007_199_254_740_992]))
  #expect(out.values(of: "a-c") == .float([5.5, 0x1p63, nil, 9_007_199_254_740_991]))
  #expect(ledger.counts.map(\.count) == [1])
  #expect(throws: PrepError.self) { try DifferenceOf(["a"]).validate() }
  #expect(throws: PrepError.self) { try trained(Ratio(["a"]) { $0.to = ["z"] }, table) }
}

@Test func whatAGroupComesToStandsBesideItsRows() throws {
  let table = try Table([
    "g": .category(["a", "b", "a", nil, "a", "c"]), "x": .float([1, 2, 4, 8, nil, nil]),
  ])
  let stage = GroupAggregate(["x"]) {
    ($0.groupColumns, $0.statistics) = (["g"], GroupStatistic.allCases)
  }
  let fitted = try Pipeline([stage]).fitted(to: TableReader(table), RunOptions()).fitted
  let out = try fitted.apply(table)
  #expect(out.values(of: "x_count_by_g") == .integer([2, 1, 2, 1, 2, 0]))
  #expect(out.values(of: "x_mean_by_g") == .float([2.5, 2, 2.5, 8, 2.5, nil]))
  #expect(out.values(of: "x_min_by_g") == .float([1, 2, 1, 8, 1, nil]))
  #expect(out.values(of: "x_max_by_g") == .float([4, 2, 4, 8, 4, nil]))
  #expect(out.values(of: "x_sum_by_g") == .float([5, 2, 5, 8, 5, 0]))
  #expect(out.values(of: "x_median_by_g") == .float([2.5, 2, 2.5, 8, 2.5, nil]))
  let std = 4.5.squareRoot()
  #expect(out.values(of: "x_std_by_g") == .float([std, nil, std, nil, std, nil]))
}

@Test func unseenGroupsGetNothingOrWhatAllRowsComeTo() throws {
  let table = try Table(["g": .category(["a", "a", "b"]), "x": .integer([1, 2, 6])])
  let unseen = try Table(["g": .category(["z", "b"]), "x": .integer([9, 9])])
  var stage = GroupAggregate(["x"]) {
    ($0.groupColumns, $0.statistics) = (["g"], [.mean, .count])
  }
  func applied() throws -> Table {
    try Pipeline([stage]).fitted(to: TableReader(table), RunOptions()).fitted.apply(unseen)
  }
  #expect(try applied().values(of: "x_mean_by_g") == .float([nil, 6]))
  #expect(try applied().values(of: "x_count_by_g") == .integer([nil, 1]))
  stage.unseen = .global
  #expect(try applied().values(of: "x_mean_by_g") == .float([3, 6]))
  #expect(try applied().values(of: "x_count_by_g") == .integer([3, 1]))
  #expect(throws: PrepError.self) { try GroupAggregate(["x"]).validate() }
}
