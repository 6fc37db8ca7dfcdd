import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

@Test func missingNumbersAreImputedAsScikitLearnDoes() async throws {
  // sklearn 1.9.1: SimpleImputer(strategy=...).statistics_
  let x: [Double?] = [1.5, 2, nil, 7, 100, -3.25, 7, 0.1]
  func filled(_ strategy: Impute.Strategy) async throws -> Double? {
    guard
      case .float(let values)? = try await served(
        Impute(["x"]) { $0.strategy = strategy }, .float(x))
    else { return nil }
    return values[2]
  }
  #expect(try await filled(.median) == 2)
  #expect(abs((try await filled(.mean) ?? 0) - 16.33571428571429) < 1e-14)
  #expect(try await filled(.mode) == 7)
  #expect(try await filled(.min) == -3.25)
  #expect(try await filled(.max) == 100)
  // The smallest of equally frequent ones.
  #expect(
    try await served(Impute(["x"]) { $0.strategy = .mode }, .integer([3, 1, 10, 3, 10, nil]))
      == .integer([3, 1, 10, 3, 10, 3]))
}

@Test func typesChangeOnlyWhereTheyMust() async throws {
  let values = Table.Values.integer([1, 2, nil])
  #expect(try await served(Impute(), values) == .float([1, 2, 1.5]))
  #expect(
    try await served(Impute(.numeric) { $0.strategy = .max }, values) == .integer([1, 2, 2]))
  func constant(_ value: String) -> Impute {
    Impute(["x"]) { ($0.strategy, $0.value) = (.constant, value) }
  }
  #expect(try await served(constant("-5"), values) == .integer([1, 2, -5]))
  #expect(try await served(constant("0.5"), values) == .float([1, 2, 0.5]))
  #expect(
    try await served(constant("none"), .category(["a", nil])) == .category(["a", "none"]))
  #expect(try await served(constant("none"), .text(["a", nil])) == .text(["a", "none"]))
  #expect(try await served(constant("true"), .bool([false, nil])) == .bool([false, true]))
  await #expect {
    _ = try await served(constant("many"), values)
  } throws: { ($0 as? PrepError)?.code == .value }
}

@Test func anythingElseGetsItsMostFrequentValue() async throws {
  let all = Impute(["x"])
  #expect(
    try await served(all, .category(["b", "a", nil, "a"])) == .category(["b", "a", "a", "a"]))
  #expect(try await served(all, .category(["b", "a", nil])) == .category(["b", "a", "a"]))
  #expect(try await served(all, .text(["b", "b", nil])) == .text(["b", "b", "b"]))
  #expect(try await served(all, .bool([true, nil, true])) == .bool([true, true, true]))
}

@Test func indicatorsTellWhereValuesWereMissing() async throws {
  let table = try Table(["a": .float([1, nil]), "b": .float([1, 2])])
  let fitted = try await Pipeline([Impute(.numeric) { $0.indicator = true }]).fit(table)
  let out = try fitted.apply(Table(["a": .float([nil, 4]), "b": .float([nil, 5])]))
  #expect(out.columns.map(\.name) == ["a", "a_missing", "b"])
  #expect(out.values(of: "a_missing") == .bool([true, false]))
  #expect(out.values(of: "b") == .float([1.5, 5]))
  let indicated = try await served([MissingIndicator()], table)
  #expect(indicated.columns.map(\.name) == ["a", "a_missing", "b"])
  let always = try await served([MissingIndicator(.all) { $0.onlyIfSeen = false }], table)
  #expect(always.columns.map(\.name) == ["a", "a_missing", "b", "b_missing"])
}

@Test func aColumnWithoutAnyValueFollowsItsRule() async throws {
  let table = try Table(["a": .float([nil, nil]), "b": .float([1, nil])])
  await #expect {
    _ = try await served([Impute()], table)
  } throws: { ($0 as? PrepError)?.message.contains("column 'a'") == true }
  let dropped = try await served([Impute(.numeric) { $0.allMissing = .drop }], table)
  #expect(dropped.columns.map(\.name) == ["b"])
  let constant = try await served(
    [Impute(.numeric) { ($0.allMissing, $0.value) = (.constant, "9") }], table)
  #expect(constant.values(of: "a") == .float([9, 9]))
  #expect(constant.values(of: "b") == .float([1, 1]))
}

@Test func trainingRowsWithMissingValuesAreDropped() async throws {
  let table = try Table([
    "a": .float([1, nil, nil, 4]), "b": .category(["x", nil, "y", "z"]),
  ])
  let (fitted, training) = try await Pipeline([DropMissing()]).fitApply(table)
  #expect(training.values(of: "b") == .category(["x", "z"]))
  #expect(try fitted.apply(table) == table)
  let all = try await Pipeline([DropMissing(.all) { $0.any = false }]).fitApply(table).1
  #expect(all.values(of: "b") == .category(["x", "y", "z"]))
}
