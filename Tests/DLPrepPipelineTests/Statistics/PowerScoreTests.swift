import Testing

@testable import DLPrepPipeline

@Suite struct PowerScoreTests {
  private let values = Sample.prices.values.map { $0 + 1 }

  @Test func anyPartitionAndMergingFindsTheSame() throws {
    var mix = Mix(7)
    let mixed = values.enumerated().map { $0.offset % 3 == 0 ? -$0.element : $0.element }
    for (values, lambda) in [(values, -1.5), (values, 0.3), (mixed, 1.1), (values.map { -$0 }, 3)] {
      let fit = PowerFit(
        PowerCurve(.yeoJohnson, lambda: lambda), low: values.min() ?? 0, high: values.max() ?? 0)
      var results: Set<UInt64> = []
      for longest in [1, 70, 2000] {
        let states = Chunk.cut(values, &mix, longest: longest).map { chunk in
          var state = PowerScore(fit)
          state.add(chunk.values.span, missing: chunk.missing?.span)
          return state
        }
        let result = try #require(merged(states, &mix) { $0.merge($1) })
        #expect(result.value.isFinite)
        results.insert(result.value.bitPattern)
      }
      #expect(results.count == 1)
    }
  }

  @Test func slopesAreThoseOfSciPysLikelihood() {
    // mpmath, 60 digits: d/dλ of scipy's log-likelihoods, divided by the number of values.
    let known: [(PowerCurve, [Double], Double)] = [
      (PowerCurve(.yeoJohnson, lambda: 0.5), [1.5, 2, 7, 100, -3.25, 7, 0.1], -1.2269080798027043),
      (PowerCurve(.yeoJohnson, lambda: -3), [1.5, 2, 7, 100, -3.25, 7, 0.1], 2.594554307587579),
      (PowerCurve(.yeoJohnson, lambda: 5), [1.5, 2, 7, 100, -3.25, 7, 0.1], -3.0669377688491424),
      (PowerCurve(.boxCox, lambda: 0), [0.6, 2, 2.5, 3.75, 7.5, 100.5], -0.7004457198195008),
      (PowerCurve(.boxCox, lambda: 1e-09), [0.6, 2, 2.5, 3.75, 7.5, 100.5], -0.7004457224856723),
      (PowerCurve(.boxCox, lambda: -5), [0.6, 2, 2.5, 3.75, 7.5, 100.5], 1.8192439190925418),
      (PowerCurve(.yeoJohnson, lambda: 2.5), [0.6, 2, 2.5, 3.75, 7.5, 100.5], -2.365020858943582),
      (
        PowerCurve(.yeoJohnson, lambda: 2), [-0.6, -2, -2.5, -3.75, -7.5, -100.5],
        0.8332457967872091
      ),
      (
        PowerCurve(.yeoJohnson, lambda: -1), [-0.6, -2, -2.5, -3.75, -7.5, -100.5],
        2.4305198534500674
      ),
      (PowerCurve(.boxCox, lambda: 4), [1e+200, 3e+200, 2e+201, 5e+202], -3.387372682262019),
      (PowerCurve(.yeoJohnson, lambda: 3), [-1e+150, 3.0, 1e+160, -2e+155], -451.37570437160815),
      (PowerCurve(.yeoJohnson, lambda: -2), [-1e+150, 3.0, 1e+160, -2e+155], 274.0484137687429),
    ]
    for (curve, values, expected) in known {
      var score = PowerScore(
        PowerFit(curve, low: values.min() ?? 0, high: values.max() ?? 0))
      score.add(values.span)
      #expect(abs(score.value - expected) <= 1e-12 * max(1, abs(expected)), "\(curve) \(values)")
    }
  }

  @Test func curvesAreThoseOfSciPy() {
    // scipy.special.boxcox, scipy.stats.yeojohnson.
    let known: [(PowerCurve, Double, Double)] = [
      (PowerCurve(.boxCox, lambda: 0.5), 3.0, 1.4641016151377548),
      (PowerCurve(.boxCox, lambda: 0), 3.0, 1.0986122886681098),
      (PowerCurve(.boxCox, lambda: -2), 0.001, -499999.49999999977),
      (PowerCurve(.boxCox, lambda: 3), 1e+102, 3.333333333333442e+305),
      (PowerCurve(.boxCox, lambda: 1e-17), 2.0, 0.6931471805599453),
      (PowerCurve(.yeoJohnson, lambda: 0.5), 3.0, 2.0),
      (PowerCurve(.yeoJohnson, lambda: 0), 3.0, 1.3862943611198906),
      (PowerCurve(.yeoJohnson, lambda: 2), -3.0, -1.3862943611198906),
      (PowerCurve(.yeoJohnson, lambda: 2.5), -3.0, -1.0),
      (PowerCurve(.yeoJohnson, lambda: -5), 1000000000.0, 0.2),
      (PowerCurve(.yeoJohnson, lambda: 1), -7.0, -6.999999999999998),
      (PowerCurve(.yeoJohnson, lambda: 1), 0.0, 0.0),
    ]
    for (curve, x, expected) in known {
      #expect(abs(curve(x) - expected) <= 4e-16 * max(1, abs(expected)), "\(curve) \(x)")
    }
    #expect(PowerCurve(.boxCox, lambda: 1)(0).isNaN)
  }
}
