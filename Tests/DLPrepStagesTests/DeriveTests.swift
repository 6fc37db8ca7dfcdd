import DLPrepData
import DLPrepPipeline
import DLPrepStages
import DLPrepTesting
import Testing

private func passengers() throws -> Table {
  try Table([
    "sibsp": .integer([1, 0, 3, nil]), "parch": .integer([0, 0, 1, 2]),
    "fare": .float([7.25, 0, nil, 12]), "port": .category(["S", "Q", "S", nil]),
  ])
}

@Test func newColumnsComeLastAndOldOnesStayInPlace() async throws {
  let derive = Derive([
    "family": "sibsp + parch + 1", "fare": "coalesce(fare, 0.0)", "alone": "family == 1",
    "cost": "fare / family",
  ])
  let out = try await served([derive], try passengers())
  #expect(out.columns.map(\.name) == ["sibsp", "parch", "fare", "port", "family", "alone", "cost"])
  #expect(out.values(of: "family") == .integer([2, 1, 5, nil]))
  #expect(out.values(of: "fare") == .float([7.25, 0, 0, 12]))
  #expect(out.values(of: "alone") == .bool([false, true, false, nil]))
  #expect(out.values(of: "cost") == .float([3.625, 0, 0, nil]))
}

@Test func whatExpressionsLookAtIsFoundOnceHoweverManyNameIt() async throws {
  // Each names the two before it: going through all ways back would never end.
  var set: NamedExpressions = ["s0": "sibsp", "s1": "parch"]
  for n in 2..<90 {
    set.entries.append(
      NamedExpressions.Entry(
        name: "s\(n)", expression: RowExpression("(s\(n - 1) + s\(n - 2)) % 1000")))
  }
  let out = try await served([Derive(set)], try passengers())
  var (before, last) = (1, 0)
  for _ in 2..<90 { (before, last) = (last, (before + last) % 1000) }
  guard case .integer(let found) = out.values(of: "s89") else {
    Issue.record("expected integers")
    return
  }
  #expect(found[0] == Int64(last))
}

@Test func aReplacedColumnMayChangeItsType() async throws {
  let derive = Derive([
    "port": "length(port)", "sibsp": "concat('n', port_name)", "fare": "fare > 5",
  ])
  var pipeline = Pipeline([Derive(["port_name": "lower(port)"]), derive])
  pipeline.append(OneHot(["sibsp"]))
  let fitted = try await pipeline.fit(try passengers())
  let out = try fitted.apply(try passengers())
  #expect(out.values(of: "port") == .integer([1, 1, 1, nil]))
  #expect(out.values(of: "fare") == .bool([true, false, nil, true]))
  #expect(out.columns.map(\.name).contains("sibsp=nq"))
}

@Test func theTargetMayBeComputedButNotUsed() async throws {
  let table = try Table(["x": .float([1, 2, 3, 4]), "y": .float([1, 10, 100, 1000])])
  let own = supervised([Derive(["y": "log(y)", "z": "x * 2"])])
  let fitted = try await own.fit(table)
  #expect(try fitted.apply(table).values(of: "z") == .float([2, 4, 6, 8]))
  // Without a target, in serving, what is computed of it isn't there.
  let served = try fitted.apply(table.without("y"))
  #expect(served.columns.map(\.name) == ["x", "z"])
  let leak = supervised([Derive(["z": "x * y"])])
  await #expect {
    try await leak.fit(table)
  } throws: {
    "\($0)".contains("expected no column made of the target 'y'")
  }
}

@Test func filterInTrainingOnlyMayLookAtTheTarget() async throws {
  let table = try Table(["x": .float([1, 2, 3, 4]), "y": .float([1, 10, 100, 1000])])
  let fitted = try await supervised([Filter("y < 50", when: .fit), Standardize(["x"])]).fit(table)
  // Learned from 1 and 2 only: mean 1.5, deviation 0.5.
  #expect(try fitted.apply(table.without("y")).values(of: "x") == .float([-1, 1, 3, 5]))
  await #expect {
    try await supervised([Filter("y < 50", when: .always)]).fit(table)
  } throws: {
    "\($0)".contains("expected no look at the target")
  }
}

@Test func rowsForWhichTheConditionIsNullGo() async throws {
  let (fitted, out) = try await Pipeline([Filter("fare > 0", when: .always)]).fitApply(
    try passengers())
  #expect(out.values(of: "fare") == .float([7.25, 12]))
  #expect(try fitted.apply(try passengers()).values(of: "fare") == .float([7.25, 12]))
}

@Test func filterMustSayWhen() {
  #expect {
    try Filter("true", when: .always).validate()
    var filter = Filter("true", when: .always)
    filter.common.when = nil
    try filter.validate()
  } throws: {
    "\($0)".contains("expected 'when', found none")
  }
}

@Test func aRowThatBreaksAConditionIsRefused() async throws {
  let table = try Table(["start": .integer([1, 5, nil]), "end": .integer([2, 3, 4])])
  await #expect {
    try await Pipeline([Check("start <= end")]).fit(table)
  } throws: {
    "\($0)".contains("expected start <= end, found start 5, end 3")
  }
  let rejecting = try await Pipeline([Check("start <= end", onFail: .reject)]).fit(table)
  #expect(try rejecting.apply(table).values(of: "end") == .integer([2, 4]))
  var emptying = Check("start <= end", onFail: .null)
  emptying.common.columns = .names(["end"])
  let out = try await served([emptying], table)
  #expect(out.values(of: "end") == .integer([2, nil, 4]))
  #expect(out.values(of: "start") == .integer([1, 5, nil]))
}

@Test func aConditionStandsInAStepOfItsOwn() {
  #expect {
    var check = Check("x > 0")
    check.min = 3
    try check.validate()
  } throws: {
    "\($0)".contains("expected no other rule beside 'where'")
  }
}

@Test func anAbsentColumnIsNamedWhereItStands() throws {
  var errors: [PrepError] = []
  let text = "derive set={total: a + b, mean: total / cuont}"
  let pipeline = Pipeline.decoded(
    from: try OneLine.parsed(text), catalog: standardStages, errors: &errors)
  #expect(errors == [])
  let table = try Table(["a": .integer([1]), "b": .integer([2]), "count": .integer([3])])
  #expect {
    _ = try pipeline.fitted(to: TableReader(table), RunOptions())
  } throws: {
    "\($0)".hasPrefix("-e:1:41: ") && "\($0)".contains("did you mean 'count'?")
  }
}

@Test func lossesAreCountedByColumn() throws {
  let table = try Table(["a": .integer([1, .max, 0])])
  let pipeline = Pipeline([Derive(["b": "a + 1", "c": "1 / a", "d": "if(a == 0, 0.0, 1 / a)"])])
  let result = try pipeline.fitted(to: TableReader(table), RunOptions())
  let ledger = try result.fitted.apply(to: TableReader(table), RunOptions()) { _ in NoRows() }
  let found = ledger.counts.map { "\($0.column): \($0.count) \($0.kind)" }
  #expect(
    found == [
      "b: 1 made missing by integer overflow", "c: 1 made missing by division by zero",
    ])
}

/// A sink that keeps nothing.
private final class NoRows: TableSink {
  let outputs = 0
  let takesAnyOrder = false
  func makeEncoder() -> any BlockEncoder { NoEncoder() }
  func write(_ encoded: borrowing EncodedBlock, firstRow: Int) throws(PrepError) {}
  func finish(rows: Int) throws(PrepError) {}
}

private final class NoEncoder: BlockEncoder {
  func encode(_ block: Block, into encoded: inout EncodedBlock) throws(PrepError) {
    block.dropRemoved()
    encoded.rows = block.count
  }
}
