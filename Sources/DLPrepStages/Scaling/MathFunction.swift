public import DLPrepPipeline

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// A function of one number, for `math`.
public enum MathFunction: String, Sendable, CaseIterable, ParameterValue {
  case abs
  case arcsine
  case asinh
  case cbrt
  case exp
  case expm1
  case log
  case log10
  case log1p
  case log2
  case logit
  case reciprocal
  case sigmoid
  case sinh
  case sqrt
  case square
  case tanh

  /// What it is defined for, for messages.
  var domain: String {
    switch self {
    case .log, .log2, .log10: "a number above 0"
    case .log1p: "a number above -1"
    case .sqrt: "a number from 0"
    case .logit: "a number between 0 and 1"
    case .arcsine: "a number from 0 to 1"
    case .reciprocal: "a number other than 0"
    case .abs, .asinh, .cbrt, .exp, .expm1, .sigmoid, .sinh, .square, .tanh:
      "a number whose result is one"
    }
  }

  /// The function itself; not finite where it isn't defined.
  func function(base: Double?) -> (Double) -> Double {
    switch self {
    case .abs: return { $0.magnitude }
    case .arcsine: return { asin($0.squareRoot()) }
    case .asinh: return { arsinh($0) }
    case .cbrt: return { cubeRoot($0) }
    case .exp:
      guard let base else { return { power($0) } }
      return { pow(base, $0) }
    case .expm1: return { powerMinusOne($0) }
    case .log:
      guard let base else { return { logarithm($0) } }
      let unit = logarithm(base)
      return { logarithm($0) / unit }
    case .log10: return { decimalLogarithm($0) }
    case .log1p: return { logarithmOfNext($0) }
    case .log2: return { binaryLogarithm($0) }
    case .logit: return { logarithm($0) - logarithmOfNext(-$0) }
    case .reciprocal: return { 1 / $0 }
    case .sigmoid:
      return { x in
        // Each branch raises e to a number below 0, which can't overflow.
        if x >= 0 { return 1 / (1 + power(-x)) }
        let power = power(x)
        return power / (1 + power)
      }
    case .sinh: return { hyperbolicSine($0) }
    case .sqrt: return { $0.squareRoot() }
    case .square: return { $0 * $0 }
    case .tanh: return { hyperbolicTangent($0) }
    }
  }

  /// Whether a number can be told from its result.
  var inverse: Inverse {
    switch self {
    case .abs, .square: .lossy("signs are lost")
    case .exp, .expm1, .sinh: .lossy("numbers whose result is too large or small are lost")
    case .sigmoid, .tanh: .lossy("numbers far from 0 come back with few digits")
    case .arcsine, .asinh, .cbrt, .log, .log10, .log1p, .log2, .logit, .reciprocal, .sqrt: .exact
    }
  }

  /// The function that leads back; nil where the result itself is all that is known.
  func inverseFunction(base: Double?) -> ((Double) -> Double)? {
    switch self {
    case .abs: return nil
    case .arcsine: return { sine($0) * sine($0) }
    case .asinh: return MathFunction.sinh.function(base: nil)
    case .cbrt: return { $0 * $0 * $0 }
    case .exp: return MathFunction.log.function(base: base)
    case .expm1: return MathFunction.log1p.function(base: nil)
    case .log: return MathFunction.exp.function(base: base)
    case .log10: return { pow(10, $0) }
    case .log1p: return MathFunction.expm1.function(base: nil)
    case .log2: return { pow(2, $0) }
    case .logit: return MathFunction.sigmoid.function(base: nil)
    case .reciprocal: return { 1 / $0 }
    case .sigmoid: return MathFunction.logit.function(base: nil)
    case .sinh: return MathFunction.asinh.function(base: nil)
    case .sqrt: return { $0 * $0 }
    case .square: return { $0.squareRoot() }
    case .tanh: return { areaTangent($0) }
    }
  }
}

// Inside the type its cases hide the C library's functions of the same names.
private func arsinh(_ x: Double) -> Double { asinh(x) }
private func cubeRoot(_ x: Double) -> Double { cbrt(x) }
private func power(_ x: Double) -> Double { exp(x) }
private func powerMinusOne(_ x: Double) -> Double { expm1(x) }
private func logarithm(_ x: Double) -> Double { log(x) }
private func decimalLogarithm(_ x: Double) -> Double { log10(x) }
private func logarithmOfNext(_ x: Double) -> Double { log1p(x) }
private func binaryLogarithm(_ x: Double) -> Double { log2(x) }
private func hyperbolicSine(_ x: Double) -> Double { sinh(x) }
private func hyperbolicTangent(_ x: Double) -> Double { tanh(x) }
private func sine(_ x: Double) -> Double { sin(x) }
private func areaTangent(_ x: Double) -> Double { atanh(x) }
