import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private func math(
  _ function: MathFunction, _ values: [Double?], base: Double? = nil, offset: Double = 0
) async throws -> Table.Values? {
  try await served(
    Math(.numeric) { ($0.function, $0.base, $0.offset) = (function, base, offset) },
    .float(values))
}

@Test func functionsAreThoseOfNumPy() async throws {
  // numpy 2.4, scipy.special.logit and expit.
  let known: [(MathFunction, Double, Double)] = [
    (.abs, -2.5, 2.5),
    (.arcsine, 0.3, 0.5796397403637042),
    (.asinh, -7.0, -2.644120761058629),
    (.cbrt, -8.0, -2.0),
    (.exp, 1.5, 4.4816890703380645),
    (.expm1, 1e-09, 1.0000000005000001e-09),
    (.log, 7.0, 1.9459101490553132),
    (.log10, 7.0, 0.8450980400142568),
    (.log1p, 1e-09, 9.999999995e-10),
    (.log2, 7.0, 2.807354922057604),
    (.logit, 0.3, -0.8472978603872037),
    (.reciprocal, -4.0, -0.25),
    (.sigmoid, -30.0, 9.357622968839299e-14),
    (.sigmoid, 2.0, 0.8807970779778823),
    (.sinh, 2.0, 3.6268604078470186),
    (.sqrt, 7.0, 2.6457513110645907),
    (.square, -3.0, 9.0),
    (.tanh, 0.7, 0.6043677771171634),
  ]
  for (function, x, expected) in known {
    #expect(near(try await math(function, [x, nil]), [expected, nil]), "\(function)")
  }
  #expect(Set(known.map(\.0)).count == MathFunction.allCases.count)
  #expect(near(try await math(.log, [8, 9], base: 2), [3, 3.169925001442312]))
  #expect(near(try await math(.exp, [3, -2], base: 10), [1000, 0.01]))
  #expect(near(try await math(.log10, [9, 999], offset: 1), [1, 3]))
}

@Test func whatAFunctionIsNotDefinedForBecomesMissing() async throws {
  let known: [(MathFunction, [Double?], [Double?])] = [
    (.log, [0, -1, 1, nil], [nil, nil, 0, nil]), (.sqrt, [-4, 4], [nil, 2]),
    (.reciprocal, [0, 4], [nil, 0.25]), (.logit, [0, 1, 0.5, 2], [nil, nil, 0, nil]),
    (.arcsine, [-0.1, 0, 1.1], [nil, 0, nil]), (.exp, [710, 0], [nil, 1]),
    (.square, [1e200, 3], [nil, 9]),
  ]
  for (function, values, expected) in known {
    #expect(try await math(function, values) == .float(expected), "\(function)")
  }
  let strict = Math(.numeric) { ($0.function, $0.common.missing) = (.log, .error) }
  await #expect {
    _ = try await served(strict, .integer([3, 0]))
  } throws: { ($0 as? PrepError)?.message.contains("a number above 0, found 0") == true }
}

@Test func whatIsLostIsCounted() async throws {
  let table = try Table(["x": .float([1, -1, 0, nil])])
  let result = try Pipeline([Math(.numeric) { $0.function = .log }]).fitted(
    to: TableReader(table), RunOptions())
  #expect(result.ledger().counts.map(\.kind) == ["out of domain, made missing"])
  #expect(result.ledger().counts.map(\.count) == [2])
}

@Test func placesInAPeriodAreThoseOfFeatureEngine() async throws {
  // feature-engine 1.9.4: CyclicalFeatures(max_values={"x": 24}).
  let table = try Table(["x": .integer([0, 5, 23, 24, nil])])
  let stage = Cyclical(["x"]) { $0.period = 24 }
  let out = try await served([stage], table)
  #expect(out.columns.map(\.name) == ["x_sin", "x_cos"])
  #expect(
    near(
      out.values(of: "x_sin"), [0, 0.9659258262890683, -0.2588190451025215, 0, nil]))
  #expect(
    near(out.values(of: "x_cos"), [1, 0.25881904510252074, 0.9659258262890681, 1, nil]))
  // Whole periods are taken off exactly: 24 · 10^15 + 5 is hour 5.
  let far = try await served([stage], Table(["x": .integer([24_000_000_000_000_005])]))
  let rest = Double((24_000_000_000_000_005 as Int64)) - 24_000_000_000_000_000
  let same = try await served([stage], Table(["x": .float([rest])]))
  #expect(far == same)
}
