/// Finds where a falling function crosses zero, from the values that are known so far.
///
/// It is run again with one value more until it has found the place: so a fit can ask the engine
/// for each value in turn. Inverse quadratic steps, guarded by bisection (R. P. Brent, Algorithms
/// for Minimization without Derivatives, 1973, chapter 4).
enum RootSearch {
  /// What a search has come to.
  enum State: Equatable {
    /// These values are needed to go on.
    case open([Double])
    /// The crossing, or the bound that is nearest to it.
    case found(Double, isBound: Bool)
    /// The function isn't a number somewhere.
    case impossible
  }

  /// How many places it looks at between the bounds at most.
  static let limit = 200

  /// Searches between two bounds; `value` is nil where the value isn't known yet.
  static func run(
    from low: Double, to high: Double, _ value: (Double) -> Double?
  ) -> State {
    guard let first = value(low), let last = value(high) else { return .open([low, high]) }
    if first.isNaN || last.isNaN { return .impossible }
    if first <= 0 { return .found(low, isBound: true) }
    if last >= 0 { return .found(high, isBound: true) }
    // b is the best place so far, a the one before, and the crossing lies between b and c.
    var (a, b, c) = (low, high, low)
    var (fa, fb, fc) = (first, last, first)
    var step = high - low
    var before = step
    for _ in 0..<limit {
      if (fb > 0) == (fc > 0) {
        (c, fc) = (a, fa)
        step = b - a
        before = step
      }
      if abs(fc) < abs(fb) {
        (a, b, c) = (b, c, b)
        (fa, fb, fc) = (fb, fc, fb)
      }
      let tolerance = 2 * epsilon * abs(b) + 1e-14
      let half = 0.5 * (c - b)
      if abs(half) <= tolerance || fb == 0 { break }
      var p = 0.0
      var q = 0.0
      if abs(before) >= tolerance && abs(fa) > abs(fb) {
        let s = fb / fa
        if a == c {
          (p, q) = (2 * half * s, 1 - s)
        } else {
          let (u, r) = (fa / fc, fb / fc)
          p = s * (2 * half * u * (u - r) - (b - a) * (r - 1))
          q = (u - 1) * (r - 1) * (s - 1)
        }
        if p > 0 { q = -q } else { p = -p }
      }
      if q != 0 && 2 * p < min(3 * half * q - abs(tolerance * q), abs(before * q)) {
        before = step
        step = p / q
      } else {
        step = half
        before = half
      }
      (a, fa) = (b, fb)
      b += abs(step) > tolerance ? step : (half > 0 ? tolerance : -tolerance)
      guard let next = value(b) else { return .open([b]) }
      if next.isNaN { return .impossible }
      fb = next
    }
    return .found(b, isBound: false)
  }
}
