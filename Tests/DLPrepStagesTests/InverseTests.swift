import DLPrepBytes
import DLPrepData
import DLPrepPipeline
import DLPrepTesting
import Testing

@testable import DLPrepStages

/// What comes back of some numbers of a column `x` after a stage that was fitted to others.
private func back(
  _ stage: any Stage, fittedTo values: [Double?], of numbers: [Double?]
) async throws -> Table.Values? {
  let fitted = try await Pipeline([stage]).fit(Table(["x": .float(values)]))
  return try fitted.invert(Table(["x": .float(numbers)])).values(of: "x")
}

@Test func numbersComeBackAsInScikitLearn() async throws {
  // sklearn 1.9.1: inverse_transform of the same.
  let few: [Double?] = [1, 2, 3, 5, 40]
  let tied: [Double?] = [10, 20, 20, 40, 100]
  #expect(
    near(try await back(RobustScale(["x"]), fittedTo: few, of: [-1, 0.25, nil]), [0, 3.75, nil]))
  let normal = QuantileTransform(["x"]) { $0.output = .normal }
  #expect(
    near(
      try await back(normal, fittedTo: tied, of: [-6, -0.5, 0, 0.25, 1.5, 9, nil]),
      [10, 20, 20, 27.896506054633896, 83.96627169547406, 100, nil]))
  #expect(
    near(
      try await back(QuantileTransform(["x"]), fittedTo: tied, of: [0, 0.1, 0.5, 0.8, 1]),
      [10, 14, 20, 52, 100]))
  let bins = Bin(["x"]) { ($0.method, $0.bins) = (.uniform, 3) }
  #expect(
    near(try await back(bins, fittedTo: tied, of: [0, 1, 2, nil, 7]), [25, 55, 85, nil, nil]))
}

@Test func predictionsOfATargetComeBack() async throws {
  var pipeline = supervised([
    Math(["y"]) { $0.function = .log1p }, Standardize(["y"]), OneHot(["city"]),
    Standardize(["size"]),
  ])
  pipeline.name = "prices"
  let fitted = try await pipeline.fit(
    Table([
      "size": .integer([1, 2, 3]), "city": .category(["a", "b", "a"]), "y": .float([10, 20, 90]),
    ]))
  let known = try fitted.apply(
    Table([
      "size": .integer([1, 2, 3]), "city": .category(["a", "b", "a"]), "y": .float([10, 20, 90]),
    ]))
  let y = try #require(known.values(of: "y"))
  // Whatever else is in the table passes.
  let table = try Table(["row": .integer([7, 8, 9]), "y": y, "size": .text(["s", "m", "l"])])
  let prices = try fitted.invert(table, select: ["y"])
  #expect(prices.columns.map(\.name) == ["row", "y", "size"])
  #expect(prices.values(of: "row") == .integer([7, 8, 9]))
  #expect(prices.values(of: "size") == .text(["s", "m", "l"]))
  #expect(near(prices.values(of: "y"), [10, 20, 90]))
}

@Test func allThatCanComesBackInItsPlace() async throws {
  let pipeline = Pipeline([
    Rename([]) { $0.map = ["old": "new"] }, Impute(["n"]) { $0.indicator = true },
    Standardize(["n", "new"]),
    Cyclical(["hour"]) { $0.period = 24 }, OneHot(["city"]), CountEncode(["street"]),
    Derive(["twice": "new * 2"]),
  ])
  let table = try Table([
    "hour": .float([0, 6, 23]), "n": .float([1, nil, 5]), "old": .float([2, 4, 9]),
    "street": .category(["x", "y", "x"]), "city": .category(["oslo", nil, "rome"]),
  ])
  let fitted = try await pipeline.fit(table)
  let made = try fitted.apply(table)
  let back = try fitted.invert(made)
  #expect(back.columns.map(\.name) == ["hour", "n", "old", "street", "city"])
  let numbers: [(String, [Double?])] = [
    ("n", [1, nil, 5]), ("old", [2, 4, 9]), ("hour", [0, 6, 23]),
  ]
  for (name, before) in numbers { #expect(near(back.values(of: name), before), "\(name)") }
  #expect(back.values(of: "city") == table.values(of: "city"))
  // Counts lead nowhere: they stay.
  #expect(back.values(of: "street") == made.values(of: "street"))
}

@Test func scoresOfCategoriesComeBackAsTheLargest() async throws {
  let table = try Table(["c": .category(["a", "b", "c"])])
  let scores = try Table([
    "c=a": .float([0.2, 0, 0.1]), "c=b": .float([0.7, 0, 0.1]), "c=c": .float([0.1, 0, 0.3]),
  ])
  let all = try await Pipeline([OneHot(["c"])]).fit(table)
  #expect(try all.invert(scores).values(of: "c") == .category(["b", nil, "c"]))
  // What the scores lack of 1 is that of the category without a component.
  let dropped = try await Pipeline([OneHot(["c"]) { $0.drop = .first }]).fit(table)
  let rest = try Table(["c=b": .float([0.7, 0, 0.1]), "c=c": .float([0.1, 0, 0.3])])
  #expect(try dropped.invert(rest).values(of: "c") == .category(["b", "a", "a"]))
}

@Test func codesComeBackAsTheirCategories() async throws {
  let table = try Table(["c": .category(["b", "a", nil]), "l": .bool([true, false, true])])
  let fitted = try await Pipeline([OrdinalEncode(["c", "l"]), Standardize(["c"])]).fit(table)
  let back = try fitted.invert(fitted.apply(table))
  #expect(back == table)
  let plain = try await Pipeline([OrdinalEncode(["c"])]).fit(table)
  let odd = try plain.invert(Table(["c": .float([0.2, 1, -1, -2, 9, nil])]))
  #expect(odd.values(of: "c") == .category(["a", "b", nil, nil, nil, nil]))
}

@Test func groupsComeBackByTheirOwnNumbers() async throws {
  let table = try Table([
    "g": .category(["a", "a", "b", "b"]), "x": .float([1, 3, 100, 300]),
  ])
  let fitted = try await Pipeline([Standardize(["x"]) { $0.groupColumns = ["g"] }]).fit(table)
  let made = try fitted.apply(table)
  #expect(near(try fitted.invert(made).values(of: "x"), [1, 3, 100, 300]))
  #expect(near(try fitted.invert(made, select: ["x"]).values(of: "x"), [1, 3, 100, 300]))
  let error = #expect(throws: PrepError.self) {
    try fitted.invert(Table(["x": .float([0])]), select: ["x"])
  }
  #expect(error?.message.contains("needs 'g', too") == true)
}

@Test func whatCantComeBackIsSaidAtTheStep() async throws {
  let table = try Table(["c": .category(["a", "b", "a"]), "x": .float([1, 2, 3])])
  let fitted = try await Pipeline([CountEncode(["c"]), Standardize(["x", "c"])]).fit(table)
  let made = try fitted.apply(table)
  func message(_ select: Selector, _ table: Table) -> String {
    do throws(PrepError) {
      _ = try fitted.invert(table, select: select)
      return ""
    } catch {
      return "\(error)"
    }
  }
  #expect(
    message(.all, made)
      == "column: step 'count_encode': expected columns that can be taken back, found 'c': "
      + "'count_encode' has no inverse; those are 'x'")
  #expect(message(["z"], made).contains("expected an output column, found 'z'"))
  #expect(message(["x"], made.without("x")).contains("expected a column 'x', found none"))
  #expect(message(.cardinality(.less, 3), made).contains("known at fit only"))
}

@Test func whatComesBackDoesNotDependOnBlocks() async throws {
  let values = (0..<100).map { Double($0 * 37 % 101) }
  let table = try Table([
    "x": .float(values), "c": .category((0..<100).map { ["a", "b", "c"][$0 % 3] }),
  ])
  let fitted = try await Pipeline([PowerTransform(["x"]), OneHot(["c"])]).fit(table)
  let made = try fitted.apply(table)
  let whole = try fitted.invert(made)
  for rows in [1, 7, 64] {
    let source = TableReader(made, blockRows: rows)
    let pipeline = try fitted.inverted(nil, of: source, fitted.pipeline.input).pipeline
    #expect(try pipeline.apply(to: source) == whole)
  }
}

@Test(arguments: [false, true]) func componentsComeBackAsInScikitLearn(whiten: Bool) async throws {
  // sklearn 1.9.1: PCA(2, whiten=...).fit(table).inverse_transform(scores).
  let table = try Table([
    "a": .integer([1, 2, 4, 0, 3]), "b": .float([2, 1, 3, 5, 3]), "c": .float([0.5, 3, 1, 2, 4]),
    "row": .text(["v", "w", "x", "y", "z"]),
  ])
  let pca = PCA(["a", "b", "c"]) { ($0.components, $0.whiten) = (2, whiten) }
  let fitted = try await Pipeline([pca]).fit(table)
  let scores = try Table([
    "row": .text(["p", "q", "r"]), "pc1": .float([1, -0.5, nil]), "pc2": .float([2, 0.25, 3]),
  ])
  let back = try fitted.invert(scores)
  #expect(back.columns.map(\.name) == ["row", "a", "b", "c"])
  #expect(back.values(of: "row") == .text(["p", "q", "r"]))
  let expected: [[Double?]] =
    whiten
    ? [[3.35977312, 1.32011344], [3.01655681, 3.48229101], [5.15399925, 2.1541392]]
    : [[2.75744371, 1.62127814], [3.11045526, 3.20378936], [4.18084035, 2.17761381]]
  for (name, numbers) in zip(["a", "b", "c"], expected) {
    guard case .float(let values)? = back.values(of: name) else {
      Issue.record("no numbers")
      continue
    }
    #expect(values[2] == nil)
    for (value, number) in zip(values, numbers) {
      #expect(abs((value ?? .nan) - (number ?? .nan)) < 1e-8)
    }
  }
  // One component is not enough to take them back.
  #expect(throws: PrepError.self) { try fitted.invert(scores, select: ["pc1"]) }
}
