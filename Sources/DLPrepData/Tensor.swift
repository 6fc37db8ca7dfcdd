/// Numbers in rows and columns, row after row in one buffer.
public struct Tensor<Scalar: BinaryFloatingPoint & Sendable>: Sendable, Equatable {
  /// How many rows and columns: `[rows, columns]`.
  public var shape: [Int]
  /// The values, `shape[0] * shape[1]` of them, row-major.
  public var values: [Scalar]

  /// A tensor of the given shape over the given values.
  public init(shape: [Int], values: [Scalar]) {
    precondition(shape.reduce(1, *) == values.count, "the shape doesn't fit the values")
    self.shape = shape
    self.values = values
  }

  /// The value in a row and column of a matrix.
  public subscript(row: Int, column: Int) -> Scalar { values[row * shape[1] + column] }
}
