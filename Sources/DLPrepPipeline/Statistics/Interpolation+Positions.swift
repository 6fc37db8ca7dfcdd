extension Interpolation {
  // With values x0 <= x1 <= ... and h = (n - 1) q, but h = n q - 1 for `averagedInvertedCDF`.

  /// Which two of `count` sorted values answer, and how much of the second.
  func position(of probability: Double, count: Int) -> QuantilePosition {
    let virtual: Double =
      switch self {
      case .averagedInvertedCDF: Double(count) * probability - 1
      case .linear, .lower, .higher, .nearest, .midpoint: Double(count - 1) * probability
      }
    guard virtual >= 0 else { return QuantilePosition(lower: 0, upper: 0, weight: 0) }
    if virtual >= Double(count - 1) {
      return QuantilePosition(lower: count - 1, upper: count - 1, weight: 0)
    }
    let floor = virtual.rounded(.down)
    let fraction = virtual - floor
    let lower = Int(floor)
    let upper = lower + 1
    switch self {
    case .linear: return QuantilePosition(lower: lower, upper: upper, weight: fraction)
    case .averagedInvertedCDF:
      return QuantilePosition(lower: lower, upper: upper, weight: fraction == 0 ? 0.5 : 1)
    case .lower: return QuantilePosition(lower: lower, upper: lower, weight: 0)
    case .higher, .nearest:
      let rule = self == .higher ? FloatingPointRoundingRule.up : .toNearestOrEven
      let rank = Int(virtual.rounded(rule))
      return QuantilePosition(lower: rank, upper: rank, weight: 0)
    case .midpoint:
      let other = fraction == 0 ? lower : upper
      return QuantilePosition(lower: lower, upper: other, weight: 0.5)
    }
  }

  /// The answer from the two values that `position` names.
  func blend(_ lower: Double, _ upper: Double, weight: Double) -> Double {
    if lower == upper { return lower }
    if self == .midpoint {
      let sum = lower + upper
      return sum.isFinite ? sum / 2 : lower / 2 + upper / 2
    }
    let difference = upper - lower
    if !difference.isFinite && lower.isFinite && upper.isFinite {
      // Where NumPy's formula overflows.
      return lower * (1 - weight) + upper * weight
    }
    if weight >= 0.5 { return upper - difference * (1 - weight) }
    return lower + difference * weight
  }
}

/// Which two ranks answer a quantile, and how much of the second.
struct QuantilePosition: Equatable {
  let lower: Int
  let upper: Int
  let weight: Double
}
