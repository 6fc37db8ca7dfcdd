import DLPrepData
import DLPrepPipeline
import Testing

@testable import DLPrepStages

private let letters = "aaabbbccdde".map { String($0) as String? }

@Test func rareLevelsAreThoseOfScikitLearn() {
  // sklearn 1.9.1: OneHotEncoder(...).infrequent_categories_ on aaabbbccdde.
  let counts = [3, 3, 2, 2, 1]
  func pooled(_ minCount: Int? = nil, _ minShare: Double? = nil, _ maxLevels: Int? = nil) -> String
  {
    let rare = infrequentLevels(
      counts, rows: 11, minCount: minCount, minShare: minShare, maxLevels: maxLevels)
    return zip("abcde", rare).filter(\.1).map { "\($0.0)" }.joined()
  }
  #expect(pooled(3) == "cde")
  #expect(pooled(nil, 0.2) == "cde")
  #expect(pooled(nil, nil, 3) == "cde")
  #expect(pooled(nil, nil, 5) == "e")
  #expect(pooled(nil, nil, 6) == "")
  #expect(pooled(2, nil, 2) == "acde")
  #expect(pooled(nil, nil, 1) == "abcde")
}

@Test func rareAndUnseenCategoriesArePooled() async throws {
  let fitted = try await Pipeline([GroupRare(.category) { $0.minCount = 2 }]).fit(
    Table(["x": .category(letters + [nil])]))
  let out = try fitted.apply(Table(["x": .category(["a", "e", "new", nil, "d"])]))
  #expect(out.values(of: "x") == .category(["a", "other", "other", nil, "d"]))
  let strict = try await Pipeline([
    GroupRare(.category) { ($0.minCount, $0.common.unknown) = (2, .error) }
  ]).fit(Table(["x": .category(letters)]))
  #expect(
    try strict.apply(Table(["x": .category(["e"])])).values(of: "x") == .category(["other"]))
  #expect(throws: PrepError.self) { try strict.apply(Table(["x": .category(["new"])])) }
}

@Test func categoriesBecomeComponents() async throws {
  let fitted = try await Pipeline([OneHot()]).fit(
    Table(["x": .category(["rome", "oslo", nil, "rome"])]))
  let out = try fitted.apply(Table(["x": .category(["oslo", "bern", nil, "rome"])]))
  #expect(out.columns.map(\.name) == ["x=oslo", "x=rome", "x=missing"])
  #expect(out.values(of: "x=oslo") == .integer([1, 0, 0, 0]))
  #expect(out.values(of: "x=rome") == .integer([0, 0, 0, 1]))
  #expect(out.values(of: "x=missing") == .integer([0, 0, 1, 0]))
}

@Test func aPoolTakesRareUnseenAndRealOthers() async throws {
  let values: [String?] = ["a", "a", "a", "b", "b", "other", "other", "z"]
  let fitted = try await Pipeline([OneHot(.category) { $0.maxLevels = 3 }]).fit(
    Table(["x": .category(values)]))
  let out = try fitted.apply(Table(["x": .category(["a", "b", "other", "z", "new"])]))
  // The two most frequent are a and, of the two b and other, the later one: other joins the pool.
  #expect(out.columns.map(\.name) == ["x=a", "x=other"])
  #expect(out.values(of: "x=a") == .integer([1, 0, 0, 0, 0]))
  #expect(out.values(of: "x=other") == .integer([0, 1, 1, 1, 1]))
}

@Test func aDroppedComponentLeavesNoDoubt() async throws {
  let table = try Table(["x": .bool([true, false, true])])
  let binary = try await served([OneHot(.type(.bool)) { $0.drop = .binary }], table)
  #expect(binary.columns.map(\.name) == ["x=1"])
  #expect(binary.values(of: "x=1") == .integer([1, 0, 1]))
  var stage = OneHot(.category) { $0.drop = .first }
  let fitted = try await Pipeline([stage]).fit(Table(["x": .category(["a", "b", "c"])]))
  #expect(
    try fitted.apply(Table(["x": .category(["a", "c"])])).columns.map(\.name) == ["x=b", "x=c"])
  // An unseen value would look like the dropped category.
  #expect(throws: PrepError.self) { try fitted.apply(Table(["x": .category(["d"])])) }
  #expect(throws: PrepError.self) { try fitted.apply(Table(["x": .category([nil])])) }
  stage.common.unknown = .ignore
  #expect(throws: PrepError.self) { try stage.validate() }
}

@Test func aRealLevelMissingBesideMissingValuesIsRefused() async throws {
  await #expect {
    _ = try await served(OneHot(), .category(["missing", nil]))
  } throws: { ($0 as? PrepError)?.code == .fit }
  let alone = try await served([OneHot()], Table(["x": .category(["missing", "a"])]))
  #expect(alone.columns.map(\.name) == ["x=a", "x=missing"])
}

@Test func integersAreKeyedByTheirDigits() async throws {
  let out = try await served([OneHot(["x"])], Table(["x": .integer([10, 2, nil])]))
  #expect(out.columns.map(\.name) == ["x=10", "x=2", "x=missing"])
  #expect(
    try await served(CountEncode(["x"]), .integer([7, 7, 8])) == .float([2, 2, 1]))
}

@Test func categoriesAreNumbered() async throws {
  let values = Table.Values.category(["b", "a", "b", nil, "c"])
  #expect(try await served(OrdinalEncode(), values) == .integer([1, 0, 1, -2, 2]))
  #expect(
    try await served(OrdinalEncode(.category) { $0.sort = .frequency }, values)
      == .integer([0, 1, 0, -2, 2]))
  #expect(
    try await served(OrdinalEncode(.category) { $0.order = ["c", "b"] }, values)
      == .integer([1, -1, 1, -2, 0]))
  #expect(
    try await served(OrdinalEncode(.category) { $0.mode = .embedding }, values)
      == .integer([3, 2, 3, 0, 4]))
  #expect(
    try await served(OrdinalEncode(.category) { $0.common.missing = .keep }, values)
      == .integer([1, 0, 1, nil, 2]))
  #expect(
    try await served(OrdinalEncode(.type(.text)), .text(["b", "a", nil])) == .integer([1, 0, -2]))
}

@Test func unknownValuesFollowTheirPolicy() async throws {
  let seen = try Table(["x": .category(["a", "b", nil])])
  let unseen = try Table(["x": .category(["z", "a"])])
  func code(_ missing: MissingPolicy, _ unknown: UnknownPolicy) async throws -> Table.Values? {
    let stage = OrdinalEncode(.category) {
      ($0.common.missing, $0.common.unknown) = (missing, unknown)
    }
    return try await Pipeline([stage]).fit(seen).apply(unseen).values(of: "x")
  }
  #expect(try await code(.category, .other) == .integer([-1, 0]))
  #expect(try await code(.category, .ignore) == .integer([-1, 0]))
  #expect(try await code(.category, .missing) == .integer([-2, 0]))
  #expect(try await code(.keep, .missing) == .integer([nil, 0]))
  await #expect {
    _ = try await code(.category, .error)
  } throws: { error in
    (error as? PrepError)?.message.contains("found 'z'") == true
      && (error as? PrepError)?.code == .unseen
  }
}

@Test func categoriesAreCounted() async throws {
  let values = Table.Values.category(["a", "b", "a", nil])
  #expect(try await served(CountEncode(), values) == .float([2, 1, 2, 1]))
  let share = CountEncode(.category) { $0.normalize = true }
  #expect(try await served(share, values) == .float([0.5, 0.25, 0.5, 0.25]))
  let ignoring = CountEncode(.category) {
    ($0.normalize, $0.common.missing) = (true, .ignore)
  }
  #expect(near(try await served(ignoring, values), [2.0 / 3, 1.0 / 3, 2.0 / 3, 0]))
  let fitted = try await Pipeline([CountEncode()]).fit(Table(["x": .category(["a"])]))
  #expect(
    try fitted.apply(Table(["x": .category(["new", nil])])).values(of: "x") == .float([0, 0]))
}
