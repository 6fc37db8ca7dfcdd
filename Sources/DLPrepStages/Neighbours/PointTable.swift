import CDLPrepScan

/// Points that distances are measured to: numbers, and categories by their codes.
///
/// Those that are near to each other stand together, in blocks as vector units want them
/// (`dlp_near.h`).
struct PointTable: Sendable {
  /// How many points a block has.
  static let block = 64

  /// How many points there are.
  let count: Int
  /// How many axes there are.
  let axes: Int
  /// What differences count on each axis.
  let measures: [Measure]
  /// The points in the order in which they stand.
  let order: [Int]
  /// Parts of that order, in which points are looked for.
  let tree: PointTree
  /// Whether any value is missing.
  let hasGaps: Bool
  /// Block by block: the values on each axis, NaN where one is missing.
  private let values: [Double]

  init(_ axes: [Axis], count: Int) {
    (self.count, self.axes) = (count, axes.count)
    measures = axes.map(\.measure)
    hasGaps = axes.contains { !$0.missing.isEmpty }
    (tree, order) = PointTree.grown(axes, count: count, hasBoxes: !hasGaps)
    let blocks = (count + Self.block - 1) / Self.block
    var values = Array(repeating: Double.nan, count: blocks * axes.count * Self.block)
    for (a, axis) in axes.enumerated() {
      var own = axis.values
      for point in axis.missing { own[point] = .nan }
      for (place, point) in order.enumerated() {
        values[Self.position(place, a, of: axes.count)] = own[point]
      }
    }
    self.values = values
  }

  private static func position(_ place: Int, _ axis: Int, of axes: Int) -> Int {
    (place / block * axes + axis) * block + place % block
  }

  /// Whether the point at a place has a value on an axis.
  func isPresent(_ place: Int, _ axis: Int) -> Bool {
    !hasGaps || !values[Self.position(place, axis, of: axes)].isNaN
  }

  /// Lends the values of a block.
  @inline(__always)
  func withBlock<Result>(
    from place: Int, _ body: (UnsafePointer<Double>) -> Result
  ) -> Result? {
    unsafe values.withUnsafeBufferPointer { values in
      guard let base = values.baseAddress else { return nil }
      return unsafe body(base + place * axes)
    }
  }

  /// One coordinate of all points.
  struct Axis: Sendable {
    /// The values; a missing one is 0.
    var values: [Double]
    /// The points whose value is missing.
    var missing: [Int]
    /// What a difference counts.
    var measure: Measure

    init(_ values: [Double], missing: [Int] = [], _ measure: Measure) {
      (self.values, self.missing, self.measure) = (values, missing, measure)
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

    /// What a difference counts.
    func callAsFunction(_ difference: Double) -> Double {
      switch self {
      case .square: difference * difference
      case .share(let range): difference.magnitude / range
      case .other(let count): difference == 0 ? 0 : count
      }
    }

    /// A value of a row.
    func value(_ value: Double, on axis: Int) -> dlp_value {
      switch self {
      case .square: dlp_value(axis: axis, value: value, count: 1, measure: dlp_square)
      case .share(let range): dlp_value(axis: axis, value: value, count: range, measure: dlp_share)
      case .other(let count): dlp_value(axis: axis, value: value, count: count, measure: dlp_other)
      }
    }
  }
}
