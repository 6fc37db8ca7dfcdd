public import DLPrepData
public import DLPrepPipeline

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

/// Turns a number that repeats, such as an hour, into the sine and cosine of its place in the period.
///
/// ```yaml
/// - cyclical: {columns: hour, period: 24}
/// ```
/// ```csv
/// hour
/// 0
/// 6
/// 24
/// ```
/// becomes
/// ```csv
/// hour_sin,hour_cos
/// 0.0,1.0
/// 1.0,6.123233995736766e-17
/// 0.0,1.0
/// ```
/// They are sin and cos of 2πx / period; whole periods are taken off x first, exactly, so that
/// large numbers lose nothing. Missing values stay missing in both. It learns nothing. Same as
/// feature-engine `CyclicalFeatures(max_values={column: period})`; without `max_values` that takes
/// the largest number it saw, where hour 23 becomes hour 0. Cost: none at fit.
public struct Cyclical: ColumnStage {
  /// The key in pipeline files.
  public static let name = "cyclical"
  /// One sentence for listings.
  public static let summary = "Turns a number that repeats into the sine and cosine of its place."
  /// What others call it.
  public static let otherNames = [
    "CyclicalFeatures", "cyclic", "step_harmonic", "sin_cos", "periodic",
  ]
  /// The shared keys it takes.
  public static let commonKeys = CommonKeys.scaler
  /// Its parameters.
  public static let parameters: [Parameter<Self>] = [
    .init("period", \.period, "After how much it repeats: 24 for hours, 7 for weekdays.")
  ]
  /// Stages that differ in everything.
  public static var examples: [Self] {
    [Self(.numeric) { $0.period = 24 }, Self(.numeric) { $0.period = 0.75 }]
  }
  /// The keys that stages share.
  public var common = Common()
  /// After how much it repeats.
  public var period: Double?
  /// Everything at its default.
  public init() {}

  /// Whether it can be taken back.
  public var inverse: Inverse { .lossy("numbers come back within one period") }

  /// Checks the rules between parameters.
  public func validate() throws(PrepError) {
    try refuse(.category, .ignore)
    guard let period else {
      throw PrepError(.value, "expected a 'period', found none", hint: "period: 24, for hours")
    }
    if !(period > 0) {
      throw PrepError(.value, "'period': expected a number above 0, found \(period)")
    }
  }
  /// Whether it can take the column.
  public func accepts(_ field: Field) -> Bool { field.type.isNumeric }
  /// What comes of the column.
  public func outputs(for field: Field, _ learned: Nothing?) -> [Output] {
    [
      .made("sin", "{column}_{value}", .float), .made("cos", "{column}_{value}", .float),
    ]
  }
  /// Opens the work.
  public func kernel(_ learned: Nothing, for field: Field, _ slots: Slots) -> Kernel {
    let period = period ?? 1
    let fails = common.missing == .error
    return { block, run in
      let column = block.columns[slots.input]
      if fails { run.failMissing(column, of: block) }
      let turns = column.numbers().map { 2 * Double.pi * fmod($0, period) / period }
      var missing = column.missing
      for row in turns.indices where !turns[row].isFinite { missing[row] = true }
      run.count("out of domain, made missing", missing.total - column.missing.total)
      for (slot, values) in zip(slots.outputs, [turns.map(sin), turns.map(cos)]) {
        let made = block.columns[slot]
        made.prepare(.floats, count: turns.count)
        made.floats.replaceSubrange(0..<turns.count, with: values)
        made.missing = missing
      }
    }
  }
  /// Opens the way back.
  public func inverseKernel(_ learned: Nothing, for field: Field, _ slots: Slots) -> Kernel? {
    let period = period ?? 1
    return { block, _ in
      let (sines, cosines) = (block.columns[slots.outputs[0]], block.columns[slots.outputs[1]])
      let missing = sines.missing.union(cosines.missing)
      let numbers = zip(sines.numbers(), cosines.numbers()).map { sine, cosine in
        let number = atan2(sine, cosine) / (2 * Double.pi) * period
        // Rounding may put what starts a period at its end.
        return number < 0 ? (number + period < period ? number + period : 0) : number
      }
      let column = block.columns[slots.input]
      column.prepare(.floats, count: numbers.count)
      column.floats.replaceSubrange(0..<numbers.count, with: numbers)
      column.missing = missing
    }
  }
}
