public import DLPrepData
public import DLPrepPipeline

#if canImport(Glibc)
import Glibc
#else
import Darwin
#endif

extension Spline {
  /// Opens the work.
  public func kernel(_ learned: [Double], for field: Field, _ slots: Slots) -> Kernel {
    var work = SplineWork(
      SplineBasis(knots: learned, degree: degree), extrapolation, width: width)
    let stage = self
    let policy = common.missing ?? .ignore
    return { block, run in
      let column = block.columns[slots.input]
      if policy == .error { run.failMissing(column, of: block) }
      let numbers = column.numbers()
      var missing = column.missing
      work.start(rows: numbers.count)
      for row in numbers.indices where !missing[row] {
        if stage.extrapolation == .error, !work.isInside(numbers[row]) {
          run.fail(
            row, of: block, .unseen,
            "expected a number from \(work.basis.low) to \(work.basis.high), found \(numbers[row])",
            hint: "choose another 'extrapolation:'")
        } else if !work.put(numbers[row], row) {
          missing[row] = true
        }
      }
      run.count("out of domain, made missing", missing.total - column.missing.total)
      if policy == .ignore { missing.clear() }
      for (spline, slot) in slots.outputs.enumerated() {
        let made = block.columns[slot]
        made.prepare(.floats, count: numbers.count)
        work.copy(spline, to: made)
        made.missing = missing
      }
    }
  }
}

/// The splines of the rows of a block.
private struct SplineWork {
  let basis: SplineBasis
  private let extrapolation: Spline.Extrapolation
  private let width: Int
  /// How many splines there are before the last is left out or those of the other end are added.
  private let count: Int
  /// Row after row.
  private var rows: [Double] = []
  private var values: [Double]
  /// The values and slopes at both ends, of every spline.
  private var ends: (low: [Double], high: [Double], lowSlope: [Double], highSlope: [Double])

  init(_ basis: SplineBasis, _ extrapolation: Spline.Extrapolation, width: Int) {
    self.basis = basis
    self.extrapolation = extrapolation
    self.width = width
    count = extrapolation == .periodic ? basis.count - basis.degree : basis.count
    values = Array(repeating: 0, count: basis.degree + 1)
    var scratch = values
    func end(_ x: Double, slope: Bool) -> [Double] {
      var all = [Double](repeating: 0, count: basis.count)
      let first = basis.evaluate(x, slope: slope, into: &scratch)
      for i in 0...basis.degree { all[first + i] = scratch[i] }
      return all
    }
    ends = (
      end(basis.low, slope: false), end(basis.high, slope: false), end(basis.low, slope: true),
      end(basis.high, slope: true)
    )
  }

  mutating func start(rows count: Int) {
    rows.removeAll(keepingCapacity: true)
    rows.append(contentsOf: repeatElement(0, count: count * width))
  }

  func isInside(_ x: Double) -> Bool { x >= basis.low && x <= basis.high }

  /// Puts the splines at `x` into a row; false where they are no numbers.
  mutating func put(_ x: Double, _ row: Int) -> Bool {
    let at = row * width
    if extrapolation == .constant || extrapolation == .linear, !isInside(x) {
      return putBeyond(x, at)
    }
    var x = x
    if extrapolation == .periodic {
      let period = basis.high - basis.low
      let rest = period > 0 ? fmod(x - basis.low, period) : -basis.low
      x = basis.low + (rest < 0 && period > 0 ? rest + period : rest)
    }
    let first = basis.evaluate(x, into: &values)
    var isFinite = true
    for i in 0...basis.degree {
      let spline = first + i < count ? first + i : first + i - count
      isFinite = isFinite && values[i].isFinite
      if spline < width { rows[at + spline] += values[i] }
    }
    return isFinite
  }

  /// Only as many splines as the degree reach over an end, and of lines one more.
  private mutating func putBeyond(_ x: Double, _ at: Int) -> Bool {
    let isLow = x < basis.low
    let (base, slope) =
      isLow ? (ends.low, ends.lowSlope) : (ends.high, ends.highSlope)
    let distance = x - (isLow ? basis.low : basis.high)
    let reach =
      extrapolation == .constant
      ? max(basis.degree, 1) : max(basis.degree, min(basis.degree + 1, 2))
    var isFinite = !x.isNaN
    for i in 0..<min(reach, count) {
      let spline = isLow ? i : count - 1 - i
      let value =
        extrapolation == .constant ? base[spline] : base[spline] + distance * slope[spline]
      isFinite = isFinite && value.isFinite
      if spline < width { rows[at + spline] = value }
    }
    return isFinite
  }

  /// Copies one spline of every row.
  func copy(_ spline: Int, to column: Column) {
    let (rows, width, count) = (rows, width, column.count)
    unsafe column.floats.withUnsafeMutableBufferPointer { floats in
      var at = spline
      for row in 0..<count {
        unsafe floats[row] = rows[at]
        at += width
      }
    }
  }
}
