import DLPrepBytes
import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private func groups() throws -> Table {
  try Table([
    "g": .category(["a", "a", "b", "b", "b", nil, "c", "a", "b"]),
    "x": .float([1, 3, 10, 20, 60, 7, nil, nil, nil]),
    "i": .integer([5, 5, 1, 2, nil, 9, nil, nil, 4]),
    "k": .category(["u", "u", "v", "w", "w", "u", nil, nil, nil]),
    "t": .text(["p", "p", "q", nil, "q", "p", nil, nil, nil]),
    "l": .bool([true, true, false, false, nil, true, nil, nil, nil]),
  ])
}

private func filled(
  _ columns: Selector, _ set: (inout Impute) -> Void = { _ in }
) async throws -> Table {
  try await served(
    [
      Impute(columns) {
        $0.groupColumns = ["g"]
        set(&$0)
      }
    ], try groups())
}

@Test func aRowGetsTheValueOfItsGroup() async throws {
  #expect(
    try await filled(["x"]).values(of: "x") == .float([1, 3, 10, 20, 60, 7, 8.5, 2, 20]))
  #expect(
    try await filled(["x"]) { $0.strategy = .mean }.values(of: "x")
      == .float([1, 3, 10, 20, 60, 7, 101.0 / 6, 2, 30]))
  #expect(
    try await filled(["i"]) { $0.strategy = .max }.values(of: "i")
      == .integer([5, 5, 1, 2, 4, 9, 9, 5, 4]))
  #expect(
    try await filled(["x"]) { $0.strategy = .min }.values(of: "x")
      == .float([1, 3, 10, 20, 60, 7, 1, 1, 10]))
  let modes = try await filled(["k", "t", "l"])
  #expect(modes.values(of: "k") == .category(["u", "u", "v", "w", "w", "u", "u", "u", "w"]))
  #expect(modes.values(of: "t") == .text(["p", "p", "q", "q", "q", "p", "p", "p", "q"]))
  #expect(
    modes.values(of: "l")
      == .bool([true, true, false, false, false, true, true, true, false]))
}

@Test func smallAndUnseenGroupsGetTheValueOfAllRows() async throws {
  #expect(
    try await filled(["x"]) { $0.minGroup = 3 }.values(of: "x")
      == .float([1, 3, 10, 20, 60, 7, 8.5, 8.5, 20]))
  let model = try await Pipeline([Impute(["x", "k"]) { $0.groupColumns = ["g"] }]).fit(try groups())
  let other = try Table([
    "g": .category(["z", nil, "b"]), "i": .integer([1, 1, 1]), "t": .text(["p", "p", "p"]),
    "l": .bool([true, true, true]), "x": .float([nil, nil, nil]),
    "k": .category([nil, nil, nil]),
  ])
  let out = try model.apply(other)
  #expect(out.values(of: "x") == .float([8.5, 7, 20]))
  #expect(out.values(of: "k") == .category(["u", "u", "w"]))
}

@Test func withoutGroupsTheArtifactIsAsItWas() async throws {
  let learned = GroupedFill.self
  let plain = FillValue().saved
  let read = try learned.init(loading: plain)
  #expect(read.saved == plain && read.groups == nil)
}

@Test func groupsGoWithSomeStrategiesOnly() {
  for stage in [
    Impute(["x"]) { ($0.strategy, $0.groupColumns) = (.endOfTail, ["g"]) },
    Impute(["x"]) { ($0.strategy, $0.value, $0.groupColumns) = (.constant, "1", ["g"]) },
    Impute(["x"]) { $0.minGroup = 2 },
  ] {
    #expect(throws: PrepError.self) { try stage.validate() }
  }
}
