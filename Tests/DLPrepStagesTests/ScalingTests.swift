import DLPrepData
import DLPrepPipeline
import Testing

@testable import DLPrepStages

private let x: [Double?] = [1.5, 2, nil, 7, 100, -3.25, 7, 0.1]

@Test func standardizeGivesTheNumbersOfScikitLearn() async throws {
  // sklearn 1.9.1: StandardScaler(), StandardScaler(with_mean=False); ddof 1 by numpy.
  #expect(
    near(
      try await served(Standardize(), .float(x)),
      [
        -0.4322289638326997, -0.41766178642861257, nil, -0.27199001238774123, 2.437504984772466,
        -0.5706171491715275, -0.27199001238774123, -0.47301706056414367,
      ]))
  #expect(
    near(
      try await served(Standardize(.numeric) { $0.center = false }, .float(x)),
      [
        0.043701532212261404, 0.058268709616348544, nil, 0.2039404836572199, 2.913435480817427,
        -0.09468665312656638, 0.2039404836572199, 0.0029134354808174273,
      ]))
  #expect(
    near(
      try await served(Standardize(.numeric) { $0.ddof = 1 }, .float(x)),
      [
        -0.4001662624201766, -0.3866796767825202, nil, -0.2518138204059561, 2.2566911081981362,
        -0.5282888259779125, -0.2518138204059561, -0.43792870220561453,
      ]))
}

@Test func aConstantColumnIsOnlyCentered() async throws {
  #expect(
    try await served(Standardize(), .float([100_000_000.1, 100_000_000.1])) == .float([0, 0]))
  // sklearn 1.9.1 calls these constant as well: the variance is below what rounding can tell.
  let near = [1e8, 1e8 + 1e-7, 1e8]
  guard case .float(let found)? = try await served(Standardize(), .float(near)) else {
    Issue.record("expected floats")
    return
  }
  #expect(found.allSatisfy { abs($0 ?? 1) < 1e-6 })
  #expect(try await served(MinMaxScale(), .float([5, 5])) == .float([0, 0]))
  #expect(try await served(MaxAbsScale(), .float([0, 0])) == .float([0, 0]))
  #expect(try await served(RobustScale(), .float([3, 3, 3])) == .float([0, 0, 0]))
}

@Test func rangesAndQuantilesGiveTheNumbersOfScikitLearn() async throws {
  #expect(
    near(
      try await served(MinMaxScale(.numeric) { $0.range = [-1, 2] }, .float(x)),
      [
        -0.8619854721549637, -0.847457627118644, nil, -0.7021791767554479, 2.0, -1.0,
        -0.7021791767554479, -0.9026634382566586,
      ]))
  #expect(
    near(
      try await served(MaxAbsScale(), .float(x)),
      [0.015, 0.02, nil, 0.07, 1.0, -0.0325, 0.07, 0.001]))
  #expect(
    near(
      try await served(RobustScale(), .float(x)),
      [
        -0.08064516129032258, 0.0, nil, 0.8064516129032258, 15.806451612903226,
        -0.8467741935483871, 0.8064516129032258, -0.30645161290322576,
      ]))
  #expect(
    near(
      try await served(
        RobustScale(.numeric) { ($0.quantiles, $0.unitVariance) = ([0.1, 0.9], true) }, .float(x)),
      [
        -0.02820315945300615, 0.0, nil, 0.2820315945300615, 5.527819252789205,
        -0.29613317425656455, 0.2820315945300615, -0.10717200592142336,
      ]))
}

@Test func newNumbersStayWithinTheBoundsWhereAsked() async throws {
  let fitted = try await Pipeline([MinMaxScale(.numeric) { $0.clip = true }]).fit(
    Table(["x": .float([0, 10])]))
  #expect(
    try fitted.apply(Table(["x": .float([-5, 5, nil, 30])])).values(of: "x")
      == .float([0, 0.5, nil, 1]))
}

@Test func normalQuantilesAgreeWithSciPy() {
  // scipy.stats.norm.ppf
  let known: [(Double, Double)] = [
    (1e-300, -37.0470962993612), (1e-20, -9.262340089798409), (1e-7, -5.1993375821928165),
    (0.001, -3.090232306167813), (0.02425, -1.972961051311885), (0.07, -1.4757910281791706),
    (0.075, -1.4395314709384563), (0.25, -0.6744897501960817), (0.4, -0.2533471031357997),
    (0.5, 0), (0.6, 0.2533471031357997), (0.925, 1.4395314709384563), (0.975, 1.959963984540054),
    (0.999999, 4.753424308817087),
  ]
  for (share, expected) in known {
    #expect(abs(normalQuantile(share) - expected) <= 1e-15 * max(1, abs(expected)) * 3)
  }
  #expect(normalQuantile(0) == -.infinity)
  #expect(normalQuantile(1) == .infinity)
}

@Test func aColumnWithoutValuesCannotBeLearnedFrom() async throws {
  for stage: any Stage in [Standardize(), MinMaxScale(), MaxAbsScale(), RobustScale()] {
    await #expect {
      _ = try await served(stage, .float([nil, nil]))
    } throws: { error in
      (error as? PrepError)?.code == .fit
        && (error as? PrepError)?.message.contains("found 2 missing ones") == true
    }
    await #expect {
      _ = try await served(stage, .float([]))
    } throws: { ($0 as? PrepError)?.message.contains("0 rows") == true }
  }
}

@Test func missingValuesAreRefusedWhereAsked() async throws {
  await #expect {
    _ = try await served(Standardize(.numeric) { $0.common.missing = .error }, .float([1, 2, nil]))
  } throws: { ($0 as? PrepError)?.code == .unseen }
}
