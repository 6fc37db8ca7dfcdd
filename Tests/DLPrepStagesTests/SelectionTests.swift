import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private func names(_ table: Table) -> [String] { table.columns.map(\.name) }

@Test func ofCorrelatedColumnsTheOneMoreLikeAllOthersGoes() async throws {
  // b is like a and like c; a and c are less alike.
  let table = try Table([
    "a": .float([1, 2, 3, 4, 5, 6]), "b": .float([1, 2, 3, 4, 5, 9]),
    "c": .float([1, 2, 2, 4, 4, 12]), "d": .integer([3, 1, 4, 1, 5, 2]),
    "one": .integer([7, 7, 7, 7, 7, 7]), "word": .category(["x", "y", "x", "y", "x", "y"]),
  ])
  #expect(
    names(try await served([DropCorrelated()], table)) == ["b", "d", "one", "word"])
  // Ranks: a and b are the same, and as alike as others: the earlier one goes, and then c's pair.
  let ranks = try await served([DropCorrelated(["a", "b"]) { $0.method = .spearman }], table)
  #expect(names(ranks) == ["b", "c", "d", "one", "word"])
  // A threshold is exceeded, not reached.
  let twins = try Table(["a": .float([1, 2, 4]), "b": .float([2, 4, 8])])
  #expect(
    names(
      try await served([DropCorrelated(.or(.numeric, .type(.bool))) { $0.threshold = 1 }], twins))
      == ["a", "b"])
  #expect(names(try await served([DropCorrelated()], twins)) == ["b"])
}

@Test func correlationsGoByTheRowsWhereBothArePresent() async throws {
  let table = try Table([
    "a": .float([1, 2, 3, 4, nil, 100]), "b": .float([2, 4, 6, 8, 5, nil]),
    "c": .bool([true, false, nil, true, true, false]),
  ])
  for method in [DropCorrelated.Method.pearson, .spearman] {
    let out = try await served(
      [DropCorrelated(.or(.numeric, .type(.bool))) { $0.method = method }], table)
    #expect(out.columns.count == 2 && out.values(of: "c") != nil)
  }
}

@Test func columnsBecomePrincipalComponents() async throws {
  // Numbers of scikit-learn 1.9.
  let table = try Table(["a": .integer([0, 1, 2, 5]), "b": .float([0, 3, 1, 4])])
  let out = try await served([PCA(.numeric) { $0.components = 2 }], table)
  #expect(names(out) == ["pc1", "pc2"])
  #expect(
    near(
      out.values(of: "pc1"),
      [-2.8115384117482387, -0.1543144186913432, -0.6257273935913878, 3.59158022403097]))
  #expect(
    near(
      out.values(of: "pc2"),
      [-0.30862883738268687, 1.4057692058741194, -0.7800418122827314, -0.317098556208701]))
  // The first has 0.88 of the variance.
  #expect(names(try await served([PCA(.numeric) { $0.components = 0.88 }], table)) == ["pc1"])
  #expect(
    names(try await served([PCA(.numeric) { $0.components = 0.89 }], table)) == ["pc1", "pc2"])
  let kept = PCA(["a", "b"]) { ($0.common.keepOriginal, $0.prefix) = (true, "x") }
  #expect(names(try await served([kept], table)) == ["a", "b", "x1", "x2"])
  let white = try await served([PCA(.numeric) { ($0.components, $0.whiten) = (1, true) }], table)
  guard case .float(let values)? = white.values(of: "pc1") else { throw PrepError(.internal, "") }
  let variance = values.reduce(0) { $0 + ($1 ?? 0) * ($1 ?? 0) } / 3
  #expect(abs(variance - 1) <= 1e-14)
}

@Test func theBestColumnsByEachScoreStay() throws {
  let table = try Table([
    "a": .float([1, 2, 1, 3, 2, 5]), "b": .float([5, 1, 2, 4, 3, 1]),
    "c": .bool([false, true, false, true, true, false]),
    "d": .float([2.5, 0.5, 3.5, 1, 7, 2]),
    "y": .category(["n", "y", "n", "y", "y", "n"]),
  ])
  var numbers = Table()
  for (name, values) in table.columns {
    numbers.append(name, name == "y" ? .integer([1, 2, 4, 3, 7, 9]) : values)
  }
  /// The scores of scikit-learn 1.9 (a number beyond all stands for infinity), and what stays.
  func kept(_ score: SelectKBest.Score, _ k: Int) throws -> (scores: [Double?], names: [String]) {
    let stage = SelectKBest(["a", "b", "c", "d"]) { ($0.score, $0.k) = (score, k) }
    let table = score == .regression ? numbers : table
    let fitted = try supervised([stage]).fitted(to: TableReader(table, blockRows: 2), RunOptions())
      .fitted
    guard case .block(let block, _) = fitted.steps[0].work else { return ([], []) }
    let scores = try SelectKBest.Fitted(loading: block.saved).scores
    return (scores, names(try fitted.apply(table)))
  }
  let variance = try kept(.variance, 2)
  #expect(variance.scores[..<2] == [0, 0] && variance.scores[2] == .greatestFiniteMagnitude)
  #expect(abs((variance.scores[3] ?? 0) - 0.006097560975609409) < 1e-15)
  #expect(variance.names == ["c", "d", "y"])
  // Of equals the later one stays.
  #expect(try kept(.variance, 3).names == ["b", "c", "d", "y"])
  let counts = try kept(.chiSquare, 1)
  #expect(counts.names == ["c", "y"])
  #expect(
    zip(counts.scores, [0, 0, 3, 0.015151515151515152]).allSatisfy {
      abs(($0 ?? .nan) - $1) < 1e-15
    })
  let regression = try kept(.regression, 2)
  let expected = [3.9571487433045034, 1.270238923683598, 0.05714285714285705, 0.9848521279153647]
  #expect(zip(regression.scores, expected).allSatisfy { abs(($0 ?? .nan) - $1) < 1e-14 })
  #expect(regression.names == ["a", "b", "y"])
  let information = try kept(.mutualInformation, 1)
  #expect(abs((information.scores[2] ?? 0) - 0.6931471805599453) < 1e-15)
  #expect(information.names == ["c", "y"])
}

@Test func aVectorKeepsItsBestComponents() async throws {
  let table = try Table([
    "city": .category(["x", "y", "z", "x", "y", "z", "x", "y"]),
    "words": .text(["up and on", "off", "up", "on and on", "off off", "up", "on", "off and up"]),
    "y": .category(["1", "0", "1", "1", "0", "1", "1", "0"]),
  ])
  let stages: [any Stage] = [
    OneHot(["city"]), CountVectorize(["words"]), SelectKBest(.all) { $0.k = 2 },
  ]
  let fitted = try await supervised(stages).fit(table)
  let out = try fitted.apply(table)
  #expect(names(out) == ["city=y", "words=off", "y"])
  #expect(out.values(of: "city=y") == .integer([0, 1, 0, 0, 1, 0, 0, 1]))
}

@Test func whatCantBeJudgedIsRefused() async throws {
  let table = try Table([
    "a": .float([1, nil, -3, 4]), "b": .float([1, 2, -3, 4]),
    "y": .bool([true, false, true, false]),
  ])
  for (column, score) in [
    ("a", SelectKBest.Score.variance), ("b", .chiSquare), ("b", .regression),
  ] {
    await #expect(throws: PrepError.self) {
      try await supervised([SelectKBest([column]) { $0.score = score }]).fit(table)
    }
  }
  await #expect(throws: PrepError.self) { try await Pipeline([PCA(["a", "b"])]).fit(table) }
  await #expect(throws: PrepError.self) {
    try await Pipeline([PCA(["b"]) { $0.components = 2 }]).fit(table)
  }
}
