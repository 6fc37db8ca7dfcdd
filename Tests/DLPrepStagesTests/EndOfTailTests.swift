import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

@Test func tailsEndWhereFeatureEngineEndsThem() async throws {
  // feature-engine 1.9.4: EndTailImputer(imputation_method=..., tail=..., fold=...).
  let x: [Double?] = [1.5, 2, nil, 7, 100, -3.25, 7, 0.1]
  let known: [(TailMethod?, TailSide?, Double?, Double)] = [
    (nil, nil, nil, 127.55734148628557), (.zscore, .left, 3, -94.88591291485699),
    (.iqr, .left, 1.5, -8.5), (.iqr, .right, 1.5, 16.3), (.max, nil, nil, 300),
  ]
  for (method, tail, factor, expected) in known {
    let stage = Impute(.numeric) {
      ($0.strategy, $0.method, $0.tail, $0.factor) = (.endOfTail, method, tail, factor)
    }
    guard case .float(let found)? = try await served(stage, .float(x)) else {
      Issue.record("expected floats")
      return
    }
    #expect(abs((found[2] ?? 0) - expected) <= 1e-14 * abs(expected))
    #expect(found[0] == 1.5)
  }
  let whole = Impute(.numeric) { ($0.strategy, $0.method) = (.endOfTail, .max) }
  #expect(try await served(whole, .integer([1, nil, 4])) == .float([1, 12, 4]))
}
