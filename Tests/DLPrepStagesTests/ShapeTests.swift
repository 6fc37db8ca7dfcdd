import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private let x: [Double?] = [1.5, 2, nil, 7, 100, -3.25, 7, 0.1]
private let late: [Double?] = [-10, 0, 2, 7, 50, 100, 200]

/// What a stage fitted to `x` makes of other numbers.
private func late(_ stage: any Stage) async throws -> Table.Values? {
  try await Pipeline([stage]).fit(Table(["x": .float(x)]))
    .apply(Table(["x": .float(late)])).values(of: "x")
}

@Test func quantileTransformGivesTheNumbersOfScikitLearn() async throws {
  // sklearn 1.9.1: QuantileTransformer(n_quantiles=..., output_distribution=..., subsample=None).
  #expect(
    near(
      try await served(QuantileTransform(), .float(x)),
      [
        0.36904761904761907, 0.44155844155844154, nil, 0.7142857142857142, 1.0, 0.0,
        0.7142857142857142, 0.189095928226363,
      ]))
  #expect(
    near(
      try await late(QuantileTransform(.numeric) { $0.quantileCount = 5 }),
      [0.0, 0.2006172839506173, 0.5, 0.75, 0.8655913978494624, 1.0, 1.0]))
  #expect(
    near(
      try await late(QuantileTransform(.numeric) { $0.output = .normal }),
      [
        -5.199337582605575, -0.9175238807119976, -0.14701917778902462, 0.5659488219328628,
        1.3431868779958562, 5.19933758270342, 5.19933758270342,
      ]))
  #expect(
    near(
      try await late(QuantileTransform(.numeric) { ($0.quantileCount, $0.output) = (4, .normal) }),
      [
        -5.199337582605575, -0.7452173252375651, -0.34875569551704455, 0.43072729929545744,
        0.9183743032332674, 5.19933758270342, 5.19933758270342,
      ]))
}

@Test func squashGivesTheNumbersOfSkrub() async throws {
  // skrub 0.11: SquashingScaler(max_absolute_value=..., quantile_range=...).
  #expect(
    near(
      try await served(Squash(), .float(x)),
      [
        -0.08061603889166305, 0.0, nil, 0.7788031826075151, 2.9473836022435673,
        -0.814933506171365, 0.7788031826075151, -0.3048651476404688,
      ]))
  #expect(
    near(
      try await served(
        Squash(.numeric) { ($0.bound, $0.quantiles) = (1.5, [0.1, 0.6]) }, .float(x)),
      [
        -0.08001412356149809, 0.0, nil, 0.706762593083057, 1.4932048058417637,
        -0.7337986689304365, 0.706762593083057, -0.29840134632349025,
      ]))
}

@Test func squashTakesTheRangeWhereTheQuantilesCoincide() async throws {
  // skrub 0.11: SquashingScaler().fit_transform.
  #expect(
    near(
      try await served(Squash(), .float([0, 1, 1, 1, 1, 1, 2, 9, nil])),
      [-2.4, 0.0, 0.0, 0.0, 0.0, 0.0, 2.4, 2.9869026781778647, nil]))
  #expect(try await served(Squash(), .float([4, 4, nil])) == .float([0, 0, nil]))
  // Squares of these overflow.
  guard case .float(let found)? = try await served(Squash(), .float([1, 2, 3, 1e200, -1e200]))
  else {
    Issue.record("expected floats")
    return
  }
  #expect(found[3] == 3 && found[4] == -3)
}

@Test func parametersOfShapesAreChecked() async throws {
  let wrong: [(any Stage, String)] = [
    (Squash(.numeric) { $0.bound = 0 }, "'bound'"),
    (Squash(.numeric) { $0.quantiles = [0.7, 0.2] }, "'quantiles'"),
    (PowerTransform(.numeric) { $0.bounds = [2, 1] }, "'bounds'"),
    (Math(.numeric), "expected a 'function'"),
    (Math(.numeric) { ($0.function, $0.base) = (.sqrt, 2) }, "no 'base' with 'sqrt'"),
    (Math(.numeric) { ($0.function, $0.base) = (.log, 1) }, "'base'"),
    (Cyclical(.numeric), "expected a 'period'"),
    (Cyclical(.numeric) { $0.period = -1 }, "'period'"),
    (Spline(.numeric) { ($0.knots, $0.extrapolation) = (3, .periodic) }, "more 'knots'"),
    (Spline(.numeric) { ($0.knots, $0.degree, $0.bias) = (2, 0, false) }, "'bias'"),
    (Reorder(["a", "a"]), "found one twice"),
    (Impute(.numeric) { $0.tail = .left }, "end_of_tail"),
    (Impute(.numeric) { ($0.strategy, $0.factor) = (.endOfTail, 0) }, "'factor'"),
    (
      Impute(.numeric) { ($0.strategy, $0.method, $0.tail) = (.endOfTail, .max, .left) }, "'tail'"
    ),
  ]
  for (stage, words) in wrong {
    #expect {
      try stage.validate()
    } throws: { ($0 as? PrepError)?.message.contains(words) == true }
  }
}
