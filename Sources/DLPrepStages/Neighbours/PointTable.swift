/// Points that distances are measured to: numbers, and categories by their codes.
struct PointTable: Sendable {
  /// The axes, each with a value for every point.
  var axes: [Axis]
  /// How many points there are.
  let count: Int

  init(_ axes: [Axis], count: Int) { (self.axes, self.count) = (axes, count) }

  /// One coordinate of all points.
  struct Axis: Sendable {
    /// The values; a missing one is 0.
    var values: [Double]
    /// 1 where a value is there, 0 where it is missing; empty where none is.
    var present: [Double]
    /// What a difference counts.
    var measure: Measure

    init(_ values: [Double], missing: [Int] = [], _ measure: Measure) {
      self.values = values
      self.measure = measure
      present = missing.isEmpty ? [] : Array(repeating: 1, count: values.count)
      for point in missing { present[point] = 0 }
    }
  }

  /// What a difference between two values counts.
  enum Measure: Sendable {
    /// Its square.
    case square
    /// Its share of a range.
    case share(of: Double)
    /// A number where they aren't the same.
    case other(Double)
  }
}

extension PointTable.Axis {
  /// Adds what the differences of `x` from some points count, and 1 where both are there.
  func add(
    _ x: Double, from first: Int, to sums: UnsafeMutableBufferPointer<Double>,
    _ shared: UnsafeMutableBufferPointer<Double>
  ) {
    switch measure {
    case .square:
      unsafe add(from: first, to: sums, shared) { ($0 - x) * ($0 - x) }
    case .share(let range):
      unsafe add(from: first, to: sums, shared) { ($0 - x).magnitude / range }
    case .other(let count):
      unsafe add(from: first, to: sums, shared) { $0 == x ? 0 : count }
    }
  }

  @inline(__always)
  private func add(
    from first: Int, to sums: UnsafeMutableBufferPointer<Double>,
    _ shared: UnsafeMutableBufferPointer<Double>, _ difference: (Double) -> Double
  ) {
    unsafe values.withUnsafeBufferPointer { values in
      if present.isEmpty {
        for i in 0..<sums.count {
          unsafe sums[i] += difference(values[first &+ i])
          unsafe shared[i] += 1
        }
        return
      }
      unsafe present.withUnsafeBufferPointer { present in
        for i in 0..<sums.count {
          let isPresent = unsafe present[first &+ i]
          // Chosen, not multiplied: what overflows must not reach points without a value.
          unsafe sums[i] += isPresent == 0 ? 0 : difference(values[first &+ i])
          unsafe shared[i] += isPresent
        }
      }
    }
  }
}
