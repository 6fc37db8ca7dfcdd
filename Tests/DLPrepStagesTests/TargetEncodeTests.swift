import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private let cats: [String?] = ["a", "b", "a", "c", "b", "a", "c", "a", "b", "d"]
private let numbers: [Double?] = [1, 2.5, 3, 0, 7, 1.5, 2, 4, 5, 9]
private let flags: [Bool?] = [
  false, true, false, true, true, false, true, true, false, true,
]
private let classes: [String?] = ["x", "y", "z", "x", "y", "z", "x", "x", "y", "z"]
private let folds: [Int64?] = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0]

private func served(_ smooth: Smoothing, _ y: Table.Values) async throws -> Table {
  let table = try Table(["x": .category(cats), "y": y])
  return try await supervised([TargetEncode(["x"]) { $0.smooth = smooth }]).fit(table).apply(table)
}

@Test func encodingsAreThoseOfScikitLearn() async throws {
  // sklearn 1.9.1: TargetEncoder(smooth=...).fit(x, y).transform(x).
  #expect(
    near(
      try await served(.auto, .float(numbers)).values(of: "x"),
      [
        2.4286387928324427, 4.65031503150315, 2.4286387928324427, 1.1644736842105263,
        4.65031503150315, 2.4286387928324427, 1.1644736842105263, 2.4286387928324427,
        4.65031503150315, 9.0,
      ]))
  #expect(
    near(
      try await served(.rows(2), .float(numbers)).values(of: "x"),
      [2.75, 4.3, 2.75, 2.25, 4.3, 2.75, 2.25, 2.75, 4.3, 5.333333333333333]))
  #expect(
    near(
      try await served(.auto, .bool(flags)).values(of: "x"),
      [
        0.30718954248366015, 0.6509433962264151, 0.30718954248366015, 1.0, 0.6509433962264151,
        0.30718954248366015, 1.0, 0.30718954248366015, 0.6509433962264151, 1.0,
      ]))
  #expect(
    near(
      try await served(.rows(2), .bool(flags)).values(of: "x"),
      [
        0.3666666666666667, 0.64, 0.3666666666666667, 0.8, 0.64, 0.3666666666666667, 0.8,
        0.3666666666666667, 0.64, 0.7333333333333334,
      ]))
}

@Test func everyClassOfAMulticlassTargetHasAColumn() async throws {
  let out = try await served(.auto, .category(classes))
  #expect(out.columns.map(\.name) == ["x=x", "x=y", "x=z", "y"])
  let expected: [(String, [String: Double])] = [
    ("x=x", ["a": 0.4793388429752066, "b": 0, "c": 1, "d": 0]),
    ("x=y", ["a": 0, "b": 1, "c": 0, "d": 0]),
    ("x=z", ["a": 0.4541284403669725, "b": 0, "c": 0, "d": 1]),
  ]
  for (name, values) in expected {
    #expect(near(out.values(of: name), cats.map { $0.flatMap { values[$0] } }))
  }
}

@Test func trainingRowsAreEncodedByTheOtherFolds() async throws {
  // sklearn 1.9.1: each fold by TargetEncoder.fit on the rows outside of it.
  func training(_ smooth: Smoothing, _ y: Table.Values) async throws -> Table {
    let table = try Table(["x": .category(cats), "y": y, "fold": .integer(folds)])
    let stage = TargetEncode(["x"]) { ($0.smooth, $0.folds) = (smooth, .column("fold")) }
    return try await supervised([stage]).fitApply(table).1
  }
  #expect(
    near(
      try await training(.auto, .float(numbers)).values(of: "x"),
      [
        2.9317789291882557, 5.0, 2.6245982694684793, 3.8333333333333335, 5.0, 2.6245982694684793,
        3.8333333333333335, 1.8693685461025311, 4.510987217840631, 3.8333333333333335,
      ]))
  #expect(
    near(
      try await training(.rows(2), .float(numbers)).values(of: "x"),
      [
        3.2333333333333334, 3.714285714285714, 3.071428571428571, 3.8333333333333335,
        3.714285714285714, 3.071428571428571, 3.8333333333333335, 2.3285714285714283,
        4.196428571428571, 3.8333333333333335,
      ]))
  let multi = try await training(.rows(2), .category(classes))
  #expect(
    near(
      multi.values(of: "x=y"),
      [
        0.2, 0.42857142857142855, 0.14285714285714285, 0.5, 0.42857142857142855,
        0.14285714285714285, 0.5, 0.05714285714285714, 0.6428571428571428, 0.5,
      ]))
}

@Test func unseenAndIgnoredValuesGetTheMeanOfAll() async throws {
  let table = try Table(["x": .category(["a", "a", nil]), "y": .float([1, 3, 8])])
  func encoded(_ missing: MissingPolicy) async throws -> Table.Values? {
    let stage = TargetEncode(["x"]) { ($0.smooth, $0.common.missing) = (.rows(0), missing) }
    return try await supervised([stage]).fit(table).apply(
      Table(["x": .category(["a", "new", nil])])
    ).values(of: "x")
  }
  #expect(try await encoded(.category) == .float([2, 4, 8]))
  #expect(try await encoded(.ignore) == .float([2, 4, 4]))
  #expect(try await encoded(.keep) == .float([2, 4, nil]))
}

@Test func oneFoldWithEveryRowIsRefused() async throws {
  let table = try Table([
    "x": .category(["a", "b"]), "y": .float([1, 2]), "fold": .integer([7, 7]),
  ])
  await #expect {
    _ = try await supervised([TargetEncode(["x"]) { $0.folds = .column("fold") }]).fit(table)
  } throws: { ($0 as? PrepError)?.code == .fit }
}
