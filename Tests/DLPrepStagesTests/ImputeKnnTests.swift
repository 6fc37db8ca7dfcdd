import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private func filled(
  _ table: Table, _ columns: Selector = .numeric, _ set: (inout ImputeKnn) -> Void = { _ in }
) async throws -> Table {
  try await served([ImputeKnn(columns, set)], table)
}

/// Rows of the documentation of scikit-learn, and some that share little.
private func someRows() throws -> Table {
  try Table([
    "a": .float([1, 3, nil, 8, 2.5, nil, -4]), "b": .integer([2, 4, 6, 8, nil, 1, 9]),
    "c": .float([nil, 3, 5, 7, 0.5, nil, nil]),
  ])
}

@Test func valuesComeFromTheNearestRowsAsInScikitLearn() async throws {
  // sklearn 1.9.1: KNNImputer(n_neighbors=2).fit_transform
  let two = try await filled(try someRows()) { $0.neighbors = 2 }
  #expect(near(two.values(of: "a"), [1, 3, 5.5, 8, 2.5, 2, -4]))
  #expect(near(two.values(of: "b"), [2, 4, 6, 8, 3, 1, 9]))
  #expect(near(two.values(of: "c"), [1.75, 3, 5, 7, 0.5, 4, 4]))
  // KNNImputer(n_neighbors=3, weights="distance")
  let three = try await filled(try someRows()) { ($0.neighbors, $0.weights) = (3, .distance) }
  #expect(near(three.values(of: "a"), [1, 3, 3.125, 8, 2.5, 2.129032258064516, -4]))
  #expect(near(three.values(of: "b"), [2, 4, 6, 8, 3.3842507552496346, 1, 9]))
  #expect(
    near(
      three.values(of: "c"),
      [2.1764705882352944, 3, 5, 7, 0.5, 4.436619718309859, 3.432873848808893]))
}

@Test func aRowLikeNoneGetsTheMean() async throws {
  let model = try await Pipeline([ImputeKnn(.numeric)]).fit(try someRows())
  let none = try Table(["a": .float([nil]), "b": .integer([nil]), "c": .float([nil])])
  let out = try model.apply(none)
  #expect(near(out.values(of: "a"), [2.1]))
  #expect(near(out.values(of: "b"), [5]))
  #expect(near(out.values(of: "c"), [3.875]))
}

@Test func equallyNearDonorsCountInTheOrderOfTheRows() async throws {
  let table = try Table([
    "a": .float([0, 1, -1, 1, -1, 1]), "b": .float([nil, 10, 20, 30, 40, 50]),
  ])
  let out = try await filled(table) { $0.neighbors = 3 }
  #expect(near(out.values(of: "b"), [20, 10, 20, 30, 40, 50]))
}

@Test func donorsAtTheSamePlaceCountAlone() async throws {
  let table = try Table([
    "a": .float([1, 1, 1, 1.5, 9]), "b": .float([nil, 10, 20, 100, 1000]),
  ])
  let out = try await filled(table) { ($0.neighbors, $0.weights) = (4, .distance) }
  #expect(near(out.values(of: "b"), [15, 10, 20, 100, 1000]))
}

@Test func categoriesAreChosenByTheNeighboursVotes() async throws {
  let table = try Table([
    "x": .float([0, 1, 2, 3, 100, 0]), "k": .category(["u", "u", "v", "v", nil, "w"]),
    "l": .bool([true, nil, true, false, false, true]),
    "t": .text(["p", "q", "q", "p", "p", nil]),
  ])
  let out = try await filled(table, ["x", "k", "l", "t"]) {
    ($0.metric, $0.neighbors) = (.gower, 3)
  }
  // Row 4 has 100, false, p: it is 0.97 ÷ 3 from row 3, 2 ÷ 3 from row 0, 2.98 ÷ 3 from row 2.
  #expect(out.values(of: "k") == .category(["u", "u", "v", "v", "v", "w"]))
  #expect(out.values(of: "l") == .bool([true, true, true, false, false, true]))
  #expect(out.values(of: "t") == .text(["p", "q", "q", "p", "p", "q"]))
  #expect(out.values(of: "x") == .float([0, 1, 2, 3, 100, 0]))
}

@Test func aTypeThatAMetricCannotTakeIsRefused() async throws {
  let table = try Table(["k": .category(["a", nil])])
  await #expect {
    _ = try await filled(table, ["k"])
  } throws: { ($0 as? PrepError)?.code == .type }
}

@Test func columnsWithoutValuesAreAnErrorOrDropped() async throws {
  let table = try Table([
    "a": .float([1, 2, nil]), "b": .float([nil, nil, nil]), "c": .float([1, 2, 3]),
  ])
  await #expect {
    _ = try await filled(table)
  } throws: { ($0 as? PrepError)?.message.contains("'b'") == true }
  let out = try await filled(table) { $0.allMissing = .drop }
  #expect(out.columns.map(\.name) == ["a", "c"])
  #expect(near(out.values(of: "a"), [1, 2, 1.5]))
}

@Test func asManyDonorsAreKeptAsAreAllowedWhateverTheBlocks() throws {
  let rows = 0..<500
  let table = try Table([
    "x": .float(rows.map { Double($0) }),
    "y": .float(rows.map { $0 % 9 == 4 ? nil : Double($0 * 2) }),
  ])
  var kept: [FittedPipeline] = []
  for blockRows in [1000, 1, 37] {
    let stage = ImputeKnn(.numeric) { $0.maxDonors = 40 }
    kept.append(
      try Pipeline([stage]).fitted(to: TableReader(table, blockRows: blockRows), RunOptions())
        .fitted)
  }
  let out = try kept.map { try $0.apply(table) }
  #expect(out[0] == out[1] && out[0] == out[2])
  // Forty of 500 rows lie 12 apart: what they give is near the line, and not on it.
  guard case .float(let filled)? = out[0].values(of: "y") else { return }
  let errors = rows.filter { $0 % 9 == 4 }.map { abs((filled[$0] ?? 1e9) - Double($0 * 2)) }
  #expect(errors.max() ?? 0 < 150 && errors.contains { $0 > 0.5 })
}
