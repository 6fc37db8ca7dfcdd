/// The B-splines over some knots: functions that are each a bump over a few knots, and 1 in sum.
struct SplineBasis {
  /// All knots, rising, with `degree` beyond each end.
  let knots: [Double]
  /// The degree of the polynomials.
  let degree: Int

  /// How many splines there are.
  var count: Int { knots.count - degree - 1 }
  /// Where they sum up to 1 from.
  var low: Double { knots[degree] }
  /// Where they sum up to 1 to.
  var high: Double { knots[count] }

  /// The splines over knots, with as many more at the distance of the outermost two.
  init(base: [Double], degree: Int) {
    let last = base.count - 1
    let (before, after) = (base[1] - base[0], base[last] - base[last - 1])
    let steps = Double(degree)
    knots =
      spaced(from: base[0] - steps * before, to: base[0] - before, degree) + base
      + spaced(from: base[last] + after, to: base[last] + steps * after, degree)
    self.degree = degree
  }

  /// The splines over knots that go round: those beyond are those of the other end.
  init(periodic base: [Double], degree: Int) {
    let last = base.count - 1
    let period = base[last] - base[0]
    knots =
      base[(last - degree)..<last].map { $0 - period } + base
      + base[1..<(degree + 1)].map { $0 + period }
    self.degree = degree
  }

  /// The splines over the knots that an artifact holds.
  init(knots: [Double], degree: Int) {
    self.knots = knots
    self.degree = degree
  }

  /// Computes the splines that aren't 0 at `x`, and says which is the first of them.
  ///
  /// `values` has room for as many as the degree and one more. Beyond the ends the outermost
  /// polynomials go on.
  ///
  /// With `slope` the first derivatives instead. After C. de Boor, A Practical Guide to Splines
  /// (1978), chapter X, as scipy's `BSpline` computes it.
  func evaluate(_ x: Double, slope: Bool = false, into values: inout [Double]) -> Int {
    var (interval, end) = (degree, count)
    while end - interval > 1 {
      let middle = (interval + end) / 2
      if x >= knots[middle] { interval = middle } else { end = middle }
    }
    for i in values.indices { values[i] = 0 }
    if slope && degree == 0 { return interval }
    values[0] = 1
    for order in stride(from: 1, through: degree, by: 1) {
      let isSlope = slope && order == degree
      var last = 0.0
      var held = values[0]
      for n in 1...order {
        // `held` is the value of one order less, before this pass changed it.
        let (right, left) = (knots[interval + n], knots[interval + n - order])
        let next = n < order ? values[n] : 0
        if right == left {
          values[n - 1] = last
          last = 0
        } else if isSlope {
          let weight = Double(order) * held / (right - left)
          values[n - 1] = last - weight
          last = weight
        } else {
          let weight = held / (right - left)
          values[n - 1] = last + weight * (right - x)
          last = weight * (x - left)
        }
        held = next
      }
      values[order] = last
    }
    return interval - degree
  }
}

/// Evenly spaced numbers, as numpy's `linspace`.
func spaced(from low: Double, to high: Double, _ count: Int) -> [Double] {
  guard count > 1 else { return count == 1 ? [low] : [] }
  let step = (high - low) / Double(count - 1)
  return (0..<count).map { $0 == count - 1 ? high : Double($0) * step + low }
}
