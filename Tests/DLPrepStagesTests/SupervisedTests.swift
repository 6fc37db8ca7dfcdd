import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private let cats: [String?] = ["a", "b", "a", "c", "b", "a", "c", "a", "b", "d"]
private let numbers: [Double?] = [1, 2.5, 3, 0, 7, 1.5, 2, 4, 5, 9]
private let flags: [Bool?] = [
  false, true, false, true, true, false, true, true, false, true,
]
private let folds: [Int64?] = [0, 1, 2, 0, 1, 2, 0, 1, 2, 0]

private func encoded(
  _ stage: any Stage, _ y: Table.Values, training: Bool = false
) async throws -> Table.Values? {
  let table = try Table(["x": .category(cats), "y": y, "fold": .integer(folds)])
  let pipeline = supervised([stage])
  if training { return try await pipeline.fitApply(table).1.values(of: "x") }
  return try await pipeline.fit(table).apply(table).values(of: "x")
}

/// One value for each category, spread over the rows.
private func byCategory(_ a: Double, _ b: Double, _ c: Double, _ d: Double) -> [Double?] {
  let values = ["a": a, "b": b, "c": c, "d": d]
  return cats.map { $0.flatMap { values[$0] } }
}

@Test func weightsOfEvidenceAreThoseOfCategoryEncoders() async throws {
  // category_encoders 2.11.2: WOEEncoder(...).fit(x, y).transform(x); then by the folds outside.
  #expect(
    near(
      try await encoded(WoeEncode(["x"]), .bool(flags)),
      byCategory(-0.9808292530117262, 0.11778303565638346, 0.8109302162163288, 0)))
  #expect(
    near(
      try await encoded(WoeEncode(["x"]) { $0.regularization = 0.5 }, .bool(flags)),
      byCategory(-1.1837700970084166, 0.17435338714477774, 1.2729656758128873, 0)))
  #expect(
    near(
      try await encoded(
        WoeEncode(["x"]) { $0.folds = .column("fold") }, .bool(flags), training: true),
      [
        -0.4054651081081643, 0, -0.9808292530117262, 0, 0, -0.9808292530117262, 0,
        -1.203972804325936, 0.11778303565638346, 0,
      ]))
}

@Test func weightsOfEvidenceNeedTwoClasses() async throws {
  await #expect {
    _ = try await encoded(WoeEncode(["x"]), .float(numbers))
  } throws: { ($0 as? PrepError)?.hint?.contains("type: bool") == true }
  // Without regularization a category of one class has no finite weight.
  let table = try Table([
    "x": .category(["a", "a", "b", "b"]), "y": .bool([true, true, true, false]),
    "fold": .integer([0, 1, 0, 1]),
  ])
  let stage = WoeEncode(["x"]) { ($0.regularization, $0.folds) = (0, .column("fold")) }
  await #expect {
    _ = try await supervised([stage]).fit(table)
  } throws: { ($0 as? PrepError)?.code == .fit }
}

@Test func shrunkMeansAreThoseOfCategoryEncoders() async throws {
  // category_encoders 2.11.2: JamesSteinEncoder(model=...).fit(x, y).transform(x); then by folds.
  let cases: [(JamesSteinEncode.Model, [Double?], [Double?])] = [
    (
      .independent, byCategory(2.4476579134137686, 4.659172019985724, 1.1685393258426964, 9),
      [
        2.8333333333333335, 5, 2.612587959343237, 3.8333333333333335, 5, 2.612587959343237,
        3.8333333333333335, 1.8761073146038976, 4.570796460176991, 3.8333333333333335,
      ]
    ),
    (
      .pooled,
      byCategory(2.46477477279712, 4.726933602610821, 1.1994994951047109, 8.561101110769636),
      [
        2.8333333333333335, 4.768967735505441, 2.6832986056476593, 3.8333333333333335,
        4.768967735505441, 2.6832986056476593, 3.8333333333333335, 1.9816503426384824,
        4.57242947577883, 3.8333333333333335,
      ]
    ),
    (
      .beta, byCategory(3.1785714285714284, 3.8076923076923075, 3.0833333333333335, 4),
      [
        3.5, 3.3125, 3.3888888888888893, 3.8333333333333335, 3.3125, 3.3888888888888893,
        3.8333333333333335, 2.6999999999999997, 3.8888888888888893, 3.8333333333333335,
      ]
    ),
  ]
  for (model, serving, training) in cases {
    #expect(
      near(
        try await encoded(JamesSteinEncode(["x"]) { $0.model = model }, .float(numbers)), serving))
    let stage = JamesSteinEncode(["x"]) { ($0.model, $0.folds) = (model, .column("fold")) }
    #expect(near(try await encoded(stage, .float(numbers), training: true), training))
  }
}

@Test func unseenCategoriesGetTheMeanOfAllOrNoEvidence() async throws {
  let table = try Table([
    "x": .category(["a", "a", "b", nil]), "y": .bool([true, true, false, false]),
  ])
  let other = try Table(["x": .category(["new", nil])])
  for (stage, expected) in [
    (JamesSteinEncode(["x"]) { $0.common.missing = .ignore } as any Stage, 0.5),
    (WoeEncode(["x"]) { $0.common.missing = .ignore }, 0),
  ] {
    let fitted = try await supervised([stage]).fit(table)
    #expect(try fitted.apply(other).values(of: "x") == .float([expected, expected]))
  }
}

@Test func encodingsByOtherRowsAreThoseOfCategoryEncoders() async throws {
  // category_encoders 2.11.2: LeaveOneOutEncoder().fit(x, y).transform(x); fit_transform(x, y).
  #expect(
    near(
      try await encoded(LeaveOneOutEncode(["x"]), .float(numbers)),
      byCategory(2.375, 4.833333333333333, 1, 3.5)))
  #expect(
    near(
      try await encoded(LeaveOneOutEncode(["x"]), .float(numbers), training: true),
      [
        2.8333333333333335, 6, 2.1666666666666665, 2, 3.75, 2.6666666666666665, 0,
        1.8333333333333333, 4.75, 3.5,
      ]))
}

@Test func encodingsByEarlierRowsAreThoseOfCategoryEncoders() async throws {
  // category_encoders 2.11.2: CatBoostEncoder(a=2).fit(x, y).transform(x); fit_transform(x, y).
  let stage = OrderedTargetEncode(["x"]) { ($0.priorWeight, $0.shuffle) = (2, false) }
  #expect(near(try await encoded(stage, .float(numbers)), byCategory(2.75, 4.3, 2.25, 3.5)))
  #expect(
    near(
      try await encoded(stage, .float(numbers), training: true),
      [
        3.5, 3.5, 2.6666666666666665, 3.5, 3.1666666666666665, 2.75, 2.3333333333333335, 2.5,
        4.125, 3.5,
      ]))
  let plain = OrderedTargetEncode(["x"]) { $0.shuffle = false }
  #expect(
    near(
      try await encoded(plain, .bool(flags), training: true),
      [
        0.6, 0.6, 0.3, 0.6, 0.8, 0.19999999999999998, 0.8, 0.15, 0.8666666666666667, 0.6,
      ]))
}

@Test func everyRowIsToldOfThoseBeforeItInTheDrawnOrder() async throws {
  let y = (1...64).map { Double($0).squareRoot() }
  let table = try Table([
    "x": .category(y.map { _ in "a" }), "y": .float(y.map { $0 }),
  ])
  let out = try await supervised([OrderedTargetEncode(["x"])]).fitApply(table).1
  guard case .float(let found)? = out.values(of: "x") else {
    Issue.record("expected floats")
    return
  }
  // Goes through the rows in the order that was drawn: which one is next tells its encoding.
  var order: [Int] = []
  var sum = y.reduce(0, +) / 64
  while order.count < y.count {
    let wanted = sum / Double(order.count + 1)
    let next = y.indices.first { row in
      !order.contains(row) && abs((found[row] ?? .nan) - wanted) < 1e-12
    }
    let row = try #require(next)
    order.append(row)
    sum += y[row]
  }
  #expect(order != Array(y.indices))
}
