import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private func someRows() throws -> Table {
  try Table([
    "a": .integer([1, 2, 3, 4, nil, 6, 7, 8]),
    "b": .float([2, 4.5, nil, 8, 10, 11, nil, 17]),
    "c": .float([30, nil, 11, 7, -4, -9, nil, -30]),
  ])
}

/// The five values that were put in: a of row 4, b of rows 2 and 6, c of rows 1 and 6.
private func putIn(_ set: (inout ImputeIterative) -> Void) async throws -> [Double] {
  let out = try await served([ImputeIterative(.numeric, set)], try someRows())
  return try [("a", 4), ("b", 2), ("b", 6), ("c", 1), ("c", 6)].map { name, row in
    guard case .float(let values)? = out.values(of: name) else { return .nan }
    return try #require(values[row])
  }
}

private func isNear(_ found: [Double], _ expected: [Double]) -> Bool {
  zip(found, expected).allSatisfy { abs($0 - $1) < 1e-10 * max(1, abs($1)) }
}

@Test func columnsAreRegressedOnEachOtherAsInScikitLearn() async throws {
  // sklearn 1.9.1: IterativeImputer(...).fit_transform
  #expect(
    isNear(
      try await putIn { _ in },
      [
        5.084825537916793, 6.669975436479014, 14.115183116940996, 20.392766752944436,
        -19.681599189364093,
      ]))
  #expect(
    isNear(
      try await putIn { ($0.order, $0.maxIter) = (.descending, 3) },
      [
        5.179310736076993, 6.684128029887754, 12.988842622975268, 20.482443081438447,
        -15.15464696131788,
      ]))
  #expect(
    isNear(
      try await putIn {
        ($0.order, $0.maxIter, $0.tol, $0.min, $0.max) = (.roman, 50, 1e-6, 5, 12.5)
      }, [5.327871515802519, 6.193685684208335, 8.491534746421562, 12.5, 5]))
  #expect(
    isNear(
      try await putIn { ($0.order, $0.maxIter) = (.arabic, 2) },
      [
        5.223569427906136, 6.691520907270157, 12.417002578071774, 20.508421710368705,
        -12.919214197858295,
      ]))
}

@Test func servingGoesThroughTheSameRegressions() async throws {
  let model = try await Pipeline([ImputeIterative(.numeric)]).fit(try someRows())
  let out = try model.apply(
    try Table([
      "a": .integer([nil, nil, 1]), "b": .float([3, nil, nil]), "c": .float([nil, nil, 5]),
    ]
    ))
  // IterativeImputer().fit(...).transform
  let expected: [String: [Double]] = [
    "a": [1.4725851928483125, 4.510603192239597, 1],
    "b": [3, 9.160644819177497, 8.249469235260591],
    "c": [25.906769768410605, 0.7138959454475611, 5],
  ]
  for (name, numbers) in expected {
    guard case .float(let found)? = out.values(of: name) else { throw PrepError(.internal, name) }
    #expect(isNear(found.compactMap { $0 }, numbers) && found.count == 3)
  }
}

@Test func withoutRoundsOrOtherColumnsMeansAreLeft() async throws {
  let none = try await putIn { $0.maxIter = 0 }
  let means: [Double] = [31 / 7, 8.75, 8.75, 5 / 6, 5 / 6]
  #expect(isNear(none, means))
  let alone = try await served(ImputeIterative(["x"]), .float([1, nil, 4]))
  #expect(alone == .float([1, 2.5, 4]))
}

@Test func columnsOfVeryDifferentSizeAreRegressed() async throws {
  // y is 3 a + 2e-6 b but for noise far below.
  let rows = 0..<60
  let a: [Double] = rows.map { Double($0 * 17 % 23) }
  let b: [Double] = rows.map { Double($0 * 29 % 31) * 1e6 }
  let y: [Double] = rows.map { row in
    let noise = row % 2 == 0 ? 1e-4 : -1e-4
    return 3 * a[row] + 2e-6 * b[row] + noise
  }
  let table = try Table([
    "a": .float(a), "b": .float(b), "y": .float(rows.map { $0 % 10 == 3 ? nil : y[$0] }),
  ])
  let out = try await served([ImputeIterative(.numeric)], table)
  guard case .float(let found)? = out.values(of: "y") else { return }
  for row in rows { #expect(abs((found[row] ?? .nan) - y[row]) < 1e-3) }
}

@Test func boundsMustLeaveRoom() async throws {
  #expect(throws: PrepError.self) {
    try ImputeIterative(.numeric) { ($0.min, $0.max) = (3, 3) }.validate()
  }
}
