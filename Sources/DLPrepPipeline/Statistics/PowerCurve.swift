#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A power transform: a rising function of a number, bent by one parameter.
///
/// Box-Cox takes x > 0 to (x^λ - 1) / λ, or log x at λ = 0. Yeo-Johnson takes x >= 0 to
/// ((x + 1)^λ - 1) / λ, or log(x + 1), and x < 0 to -((1 - x)^(2-λ) - 1) / (2 - λ), or
/// -log(1 - x) at λ = 2 (Yeo and Johnson, Biometrika 87, 2000). Written with `expm1` and `log1p`,
/// as scipy does.
public struct PowerCurve: Hashable, Sendable {
  /// Which of the two.
  public enum Family: String, Hashable, Sendable, CaseIterable, ParameterValue {
    case yeoJohnson = "yeo_johnson"
    case boxCox = "box_cox"
  }

  /// Which of the two.
  public var family: Family
  /// The parameter λ; 1 is a straight line.
  public var lambda: Double

  /// A curve of a family.
  public init(_ family: Family, lambda: Double) {
    self.family = family
    self.lambda = lambda
  }

  /// What the curve makes of a number; NaN where Box-Cox isn't defined.
  public func callAsFunction(_ x: Double) -> Double {
    switch family {
    case .boxCox: return x > 0 ? Self.boxCox(log(x), lambda) : .nan
    case .yeoJohnson:
      return x >= 0
        ? Self.grown(log1p(x), lambda) : -Self.grown(log1p(-x), 2 - lambda)
    }
  }

  /// The number that the curve makes into another; NaN or infinite where there is none.
  public func inverse(_ y: Double) -> Double {
    switch family {
    case .boxCox: exp(Self.shrunk(y, lambda))
    case .yeoJohnson: y >= 0 ? expm1(Self.shrunk(y, lambda)) : -expm1(Self.shrunk(-y, 2 - lambda))
    }
  }

  private static func shrunk(_ y: Double, _ exponent: Double) -> Double {
    abs(exponent) < 1e-19 ? y : log1p(exponent * y) / exponent
  }

  private static func grown(_ logarithm: Double, _ exponent: Double) -> Double {
    abs(exponent) < .ulpOfOne ? logarithm : expm1(exponent * logarithm) / exponent
  }

  private static func boxCox(_ logarithm: Double, _ lambda: Double) -> Double {
    if abs(lambda) < 1e-19 { return logarithm }
    let power = lambda * logarithm
    if power < 709.78 { return expm1(power) / lambda }
    // The power itself overflows a little earlier than the quotient.
    return (lambda < 0 ? -1 : 1) * exp(power - log(abs(lambda))) - 1 / lambda
  }
}

/// A question about how well a power transform makes a column normal.
public struct PowerFit: Hashable, Sendable {
  /// The transform.
  public var curve: PowerCurve
  /// The smallest number of the column, as `.extremes` answers.
  public var low: Double
  /// The largest number of the column.
  public var high: Double

  /// Asks about a curve on a column with these extremes.
  public init(_ curve: PowerCurve, low: Double, high: Double) {
    self.curve = curve
    self.low = low
    self.high = high
  }
}
