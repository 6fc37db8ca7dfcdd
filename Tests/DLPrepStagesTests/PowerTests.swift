import DLPrepData
import DLPrepPipeline
import Testing

@testable import DLPrepStages

private let x: [Double?] = [1.5, 2, nil, 7, 100, -3.25, 7, 0.1]
private let positive: [Double?] = x.map { $0.map { abs($0) + 0.5 } }
private let negative: [Double?] = positive.map { $0.map { -$0 } }

/// What the stage learns of a column.
private func power(
  _ values: [Double?], _ change: (inout PowerTransform) -> Void = { _ in }
) async throws -> PowerTransform.Learned {
  let stage = PowerTransform(.numeric, change)
  let fitted = try await Pipeline([stage]).fit(Table(["x": .float(values)]))
  guard case .columns(let entries) = fitted.steps[0].work, let entry = entries.first else {
    throw PrepError(.internal, "expected a column")
  }
  return try PowerTransform.Learned(loading: entry.saved)
}

@Test func powersAreOfGreatestLikelihood() async throws {
  // mpmath, 60 digits: where the slope of scipy's log-likelihood is 0.
  let known: [([Double?], PowerCurve.Family, Double)] = [
    (x, .yeoJohnson, 0.29599760579377922264), (positive, .boxCox, -0.21053110632883235422),
    (negative, .yeoJohnson, 2.4608919079974287526),
    ([1, 2, 3, 5, 40], .yeoJohnson, -0.67102967969996509322),
    // Squares of these overflow.
    ([1e200, 3e200, 2e201, 5e202, 1e199], .boxCox, -0.061004181675467552106),
  ]
  for (values, family, lambda) in known {
    let learned = try await power(values) { $0.method = family }
    #expect(abs(learned.lambda - lambda) < 1e-12, "\(values)")
    #expect(!learned.isBound && !learned.isConstant)
  }
}

@Test func powersGiveTheNumbersOfScikitLearn() async throws {
  // sklearn 1.9.1: PowerTransformer().fit_transform, whose own search stops at about 1e-8.
  func isNear(_ stage: PowerTransform, _ values: [Double?], _ expected: [Double?]) async throws {
    guard case .float(let found)? = try await served(stage, .float(values)) else {
      Issue.record("expected floats")
      return
    }
    for (a, b) in zip(found, expected) {
      #expect((a == nil) == (b == nil))
      #expect(abs((a ?? 0) - (b ?? 0)) < 1e-7)
    }
  }
  try await isNear(
    PowerTransform(), x,
    [
      -0.14120185664036886, -0.08564189060198667, nil, 0.2706044533919751, 1.8514786642681815,
      -1.8084772106439038, 0.2706044533919751, -0.357366613165872,
    ])
  try await isNear(
    PowerTransform(.numeric) { $0.method = .boxCox }, positive,
    [
      -0.5476556588483795, -0.3582342094575674, nil, 0.4549542805490342, 1.7704158410451627,
      -0.03601413955565559, 0.4549542805490342, -1.7384203942816294,
    ])
  try await isNear(
    PowerTransform(.numeric) { $0.standardize = false }, negative,
    [
      -0.8620318256080842, -0.9517143529299131, nil, -1.3605370994791737, -1.9116958872693803,
      -1.111626615127589, -1.3605370994791737, -0.42258237975840734,
    ])
}

@Test func powersStayWithinTheBounds() async throws {
  // mpmath, 60 digits: the best λ is 104.03, where the transformed values are near 1e343.
  let years: [Double?] = [2003, 1950, 1997, 2000, 2009]
  let learned = try await power(years)
  #expect(learned.lambda == 5 && learned.isBound)
  let far = try await power(years) {
    $0.bounds = [-100, 100]
    $0.standardize = false
  }
  #expect(far.lambda == 100 && far.isBound)
  let low = try await power(x) { $0.bounds = [1, 2] }
  #expect(low.lambda == 1 && low.isBound)
  let wide = try await power([20, 19, 10, 21, 22]) { $0.bounds = [-40, 40] }
  #expect(abs(wide.lambda - 4.5131358906846138687) < 1e-12 && !wide.isBound)
}

@Test func constantColumnsAreNotBent() async throws {
  for family in PowerCurve.Family.allCases {
    let learned = try await power([3, 3, nil, 3]) { $0.method = family }
    #expect(learned.lambda == 1 && learned.isConstant)
  }
  #expect(try await served(PowerTransform(), .float([3, 3, nil])) == .float([0, 0, nil]))
}

@Test func boxCoxRefusesWhatItIsNotDefinedFor() async throws {
  let boxCox = PowerTransform(.numeric) { $0.method = .boxCox }
  await #expect {
    _ = try await served(boxCox, .float([1, 0, 2]))
  } throws: { ($0 as? PrepError)?.message.contains("numbers above 0 in column 'x'") == true }
  let table = try Table(["x": .float([1, 2, 5])])
  let late = try Table(["x": .float([1, -2, nil])])
  guard
    case .float(let found)? = try await Pipeline([boxCox]).fit(table).apply(late).values(of: "x")
  else {
    Issue.record("expected floats")
    return
  }
  #expect(found[0] != nil && found[1] == nil && found[2] == nil)
  var strict = boxCox
  strict.common.missing = .error
  let fitted = try await Pipeline([strict]).fit(table)
  #expect {
    _ = try fitted.apply(Table(["x": .float([1, -2])]))
  } throws: { ($0 as? PrepError)?.message.contains("a number above 0, found -2") == true }
}

@Test func crossingsAreFoundFromValuesThatCameOneByOne() {
  func search(_ low: Double, _ high: Double, _ function: (Double) -> Double) -> RootSearch.State {
    var known: [Double: Double] = [:]
    for _ in 0..<100 {
      let state = RootSearch.run(from: low, to: high) { known[$0] }
      guard case .open(let places) = state else { return state }
      for place in places { known[place] = function(place) }
    }
    return .open([])
  }
  guard case .found(let root, isBound: false) = search(-5, 5, { 2 - $0 * $0 * $0 }) else {
    Issue.record("expected a crossing")
    return
  }
  #expect(abs(root - 1.2599210498948732) < 1e-13)
  #expect(search(-5, 5) { _ in 1 } == .found(5, isBound: true))
  #expect(search(-5, 5) { _ in -1 } == .found(-5, isBound: true))
  #expect(search(-5, 5) { $0 == -5 ? 1 : .nan } == .impossible)
  // A step has no slope to follow.
  guard case .found(let step, isBound: false) = search(-5, 5, { $0 < 0.3 ? 1 : -1 }) else {
    Issue.record("expected a step")
    return
  }
  #expect(abs(step - 0.3) < 1e-13)
}

@Test func powersAreFoundInFewSweeps() {
  for (values, family) in [
    (x, PowerCurve.Family.yeoJohnson), (positive, .boxCox), (negative, .yeoJohnson),
    ([1, 2, 3, 5, 40], .yeoJohnson), (threeShapes.map { $0 }, .yeoJohnson),
  ] {
    let present = values.compactMap { $0 }
    let (low, high) = (present.min() ?? 0, present.max() ?? 0)
    var known: [Double: Double] = [:]
    while case .open(let places) = RootSearch.run(from: -5, to: 5, { known[$0] }) {
      for lambda in places {
        var score = PowerScore(PowerFit(PowerCurve(family, lambda: lambda), low: low, high: high))
        score.add(present.span)
        known[lambda] = score.value
      }
    }
    #expect(known.count <= 14, "\(family): \(known.count)")
  }
}
