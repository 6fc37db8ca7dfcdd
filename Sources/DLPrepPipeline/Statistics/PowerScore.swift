#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// The slope of the log-likelihood of a power transform in λ, for each value.
///
/// It is above 0 where a larger λ makes the column more normal. Parts merge in any order.
///
/// With y the transformed values and y' their slope in λ it is
/// mean(±log|x|) - covariance(y, y') / variance(y), where log is that of the Jacobian. The
/// log-likelihood is concave, so its maximum is where this crosses 0; other than the likelihood
/// itself, which is flat there, the crossing can be found to the last digits.
///
/// Powers are taken of numbers divided by the largest of their side, so that none overflows.
package struct PowerScore: Sendable {
  private enum Shape {
    /// All numbers on one side of zero: only their ratios matter, and y = (r^exponent - 1) / exponent.
    case oneSided(exponent: Double, origin: Double, isMirrored: Bool)
    /// Yeo-Johnson across zero; all is divided by e^shrink.
    case twoSided(shrink: Double)
  }

  private let fit: PowerFit
  private let shape: Shape
  private var heights = ExactMoments()
  private var slopes = ExactSum()
  private var products = ExactSum()
  private var logarithms = ExactSum()

  /// The sums of nothing.
  package init(_ fit: PowerFit) {
    self.fit = fit
    let lambda = fit.curve.lambda
    func oneSided(_ exponent: Double, _ ends: [Double], isMirrored: Bool = false) -> Shape {
      let ends = ends.sorted()
      return .oneSided(
        exponent: exponent, origin: exponent > 0 ? ends[1] : ends[0], isMirrored: isMirrored)
    }
    if fit.curve.family == .boxCox {
      shape = oneSided(lambda, [log(fit.low), log(fit.high)])
    } else if fit.low >= 0 {
      shape = oneSided(lambda, [log1p(fit.low), log1p(fit.high)])
    } else if fit.high < 0 {
      shape = oneSided(2 - lambda, [log1p(-fit.low), log1p(-fit.high)], isMirrored: true)
    } else {
      let most = max(lambda * log1p(fit.high), (2 - lambda) * log1p(-fit.low))
      shape = .twoSided(shrink: max(0, most - 300))
    }
  }

  /// Takes in the values that aren't missing: bit `i & 63` of word `i >> 6` set is missing.
  package mutating func add(_ values: Span<Double>, missing: Span<UInt64>? = nil) {
    var terms = Terms()
    let (shape, fit) = (shape, fit)
    forEachPiece(of: values, missing: missing, size: 4096) { values, missing in
      terms.clear()
      switch shape {
      case .oneSided(let exponent, let origin, let isMirrored):
        let isBoxCox = fit.curve.family == .boxCox
        forEachPresent(in: values, missing: missing) { x in
          let logarithm = isBoxCox ? log(x) : log1p(isMirrored ? -x : x)
          let ratio = logarithm - origin
          let (height, slope) = Self.power(exponent, ratio)
          terms.append(height, slope, ratio)
        }
      case .twoSided(let shrink):
        let lambda = fit.curve.lambda
        forEachPresent(in: values, missing: missing) { x in
          let isNegative = x < 0
          let logarithm = log1p(abs(x))
          let (height, slope) = Self.power(isNegative ? 2 - lambda : lambda, logarithm, shrink)
          // The mirror turns the height and λ both.
          terms.append(isNegative ? -height : height, slope, isNegative ? -logarithm : logarithm)
        }
      }
      heights.add(terms.heights.span)
      slopes.add(terms.slopes.span)
      products.add(terms.products.span)
      logarithms.add(terms.logarithms.span)
    }
  }

  /// Adds what was collected from another part of the rows.
  package mutating func merge(_ other: PowerScore) {
    heights.merge(other.heights)
    slopes.merge(other.slopes)
    products.merge(other.products)
    logarithms.merge(other.logarithms)
  }

  /// The slope; NaN where there are no two values that the curve tells apart.
  package var value: Double {
    let count = heights.count
    guard count > 0 else { return .nan }
    let covariance =
      products.divided(by: count) - heights.mean * slopes.divided(by: count)
    let score = logarithms.divided(by: count) - covariance / heights.variance
    if case .oneSided(_, _, true) = shape { return -score }
    return score
  }

  /// (e^(a u) - 1) / a and its slope in a, both divided by e^shrink.
  private static func power(
    _ a: Double, _ u: Double, _ shrink: Double = 0
  ) -> (height: Double, slope: Double) {
    let t = a * u
    if abs(t) < 0.5 {
      let scale = shrink == 0 ? 1 : exp(-shrink)
      return (t == 0 ? u * scale : u * (expm1(t) / t) * scale, u * u * curvature(t) * scale)
    }
    let grown = shrink == 0 ? expm1(t) : exp(t - shrink) - exp(-shrink)
    let whole = shrink == 0 ? grown + 1 : exp(t - shrink)
    return (grown / a, (t * whole - grown) / (a * a))
  }

  /// (t e^t - (e^t - 1)) / t² near zero, where the terms would cancel: Σ t^m / (m! (m + 2)).
  private static func curvature(_ t: Double) -> Double {
    var sum = 0.0
    var factor = 1.0
    var power = 1.0
    for m in 0..<16 {
      sum += power / (factor * Double(m + 2))
      power *= t
      factor *= Double(m + 1)
    }
    return sum
  }
}

/// The terms of the four sums for a piece of a column.
private struct Terms {
  var heights: [Double] = []
  var slopes: [Double] = []
  var products: [Double] = []
  var logarithms: [Double] = []

  mutating func append(_ height: Double, _ slope: Double, _ logarithm: Double) {
    heights.append(height)
    slopes.append(slope)
    products.append(height * slope)
    logarithms.append(logarithm)
  }

  mutating func clear() {
    heights.removeAll(keepingCapacity: true)
    slopes.removeAll(keepingCapacity: true)
    products.removeAll(keepingCapacity: true)
    logarithms.removeAll(keepingCapacity: true)
  }
}
