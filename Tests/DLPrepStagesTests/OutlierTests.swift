import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private let z: [Double?] = [1, 2, 3, 4, 100, -50, 6, 7, 8.5, 3]

@Test func limitsAreThoseOfFeatureEngine() async throws {
  // feature-engine 1.9.4: Winsorizer(capping_method=..., tail=..., fold=...).
  func capped(
    _ method: Outliers.Method, _ factor: Double?, _ tail: Outliers.Tail
  ) async throws
    -> Table.Values?
  {
    try await served(
      Outliers(.numeric) { ($0.method, $0.factor, $0.tail) = (method, factor, tail) }, .float(z))
  }
  func expected(_ low: Double, _ high: Double) -> [Double?] {
    z.map { $0.map { min(max($0, low), high) } }
  }
  #expect(near(try await capped(.iqr, nil, .both), expected(-4.5, 13.5)))
  #expect(
    near(try await capped(.zscore, 1, .both), expected(-26.165350641008967, 43.06535064100896)))
  #expect(
    near(try await capped(.mad, nil, .both), expected(-8.69439873089297, 15.69439873089297)))
  #expect(near(try await capped(.quantile, nil, .both), expected(-27.05, 58.8249999999999)))
  #expect(near(try await capped(.iqr, nil, .right), expected(-.infinity, 13.5)))
  #expect(near(try await capped(.mad, 1, .left), expected(-0.2065041735236992, .infinity)))
}

@Test func outliersAreEmptiedFlaggedOrDropped() async throws {
  let table = try Table(["x": .integer([1, 2, 3, 4, 100, nil])])
  let emptied = try await served(
    [Outliers(.numeric) { ($0.action, $0.indicator) = (.null, true) }], table)
  #expect(emptied.values(of: "x") == .float([1, 2, 3, 4, nil, nil]))
  #expect(emptied.values(of: "x_outlier") == .bool([false, false, false, false, true, false]))
  let flagged = try await served([Outliers(.numeric) { $0.action = .flag }], table)
  #expect(flagged.values(of: "x") == .integer([1, 2, 3, 4, 100, nil]))
  #expect(flagged.values(of: "x_outlier") == .bool([false, false, false, false, true, false]))
  let (fitted, training) = try await Pipeline([Outliers(.numeric) { $0.action = .dropRow }])
    .fitApply(table)
  #expect(training.values(of: "x") == .integer([1, 2, 3, 4, nil]))
  #expect(try fitted.apply(table) == table)
}

@Test func withoutSpreadNothingIsAnOutlier() async throws {
  let values: [Double?] = [5, 5, 5, 5, 5, 5, 5, 90]
  #expect(try await served(Outliers(), .float(values)) == .float(values))
}

@Test func numbersAreLimited() async throws {
  let clip = Clip(.numeric) { ($0.min, $0.max) = (0, 10) }
  #expect(try await served(clip, .integer([-3, nil, 5, 12])) == .float([0, nil, 5, 10]))
  let low = Clip(.numeric) { $0.min = 1 }
  #expect(try await served(low, .float([-3, 5e300])) == .float([1, 5e300]))
}
