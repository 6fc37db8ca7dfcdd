import DLPrepData
public import DLPrepPipeline

/// One step of `impute_iterative`: a column as a sum of the others.
public struct Regression: SavedByFields {
  /// The position of the column that is filled.
  public var column = 0
  /// The factor of each other column, in their order.
  public var coefficients: [Double] = []
  /// What is added to the sum.
  public var intercept = 0.0
  /// Nothing learned.
  public init() {}
  /// How it is saved.
  public static let fields: [SavedField<Self>] = [
    .init("column", \.column), .init("coefficients", \.coefficients),
    .init("intercept", \.intercept),
  ]

  /// Fills the missing rows of its column, within bounds.
  func fill(
    _ columns: inout [[Double]], _ missing: Bitmap, within bounds: ClosedRange<Double>,
    _ change: (_ row: Int, _ by: Double) -> Void = { _, _ in }
  ) {
    missing.forEachMissing { row in
      var sum = 0.0
      for (place, factor) in coefficients.enumerated() {
        sum += columns[place < column ? place : place + 1][row] * factor
      }
      let value = min(max(sum + intercept, bounds.lowerBound), bounds.upperBound)
      change(row, value - columns[column][row])
      columns[column][row] = value
    }
  }
}
