/// Reduces the rows of a tall matrix to a square one with the same products between columns: R of
/// its QR decomposition.
///
/// Rows come in pieces, which Householder's reflections turn into the triangle one after the other:
/// as exact for columns of very different size as the numbers themselves, which a sum of squares
/// is not. The same pieces always give the same bits.
package struct RowReduction: Sendable {
  /// How many columns there are.
  package let width: Int
  /// The triangle, column after column: row `i` of column `j` is `triangle[j * width + i]`, and 0
  /// below the diagonal.
  package private(set) var triangle: [Double]
  private var piece: [Double] = []

  /// A matrix without rows.
  package init(width: Int) {
    self.width = width
    triangle = Array(repeating: 0, count: width * width)
  }

  /// Adds some rows, whose columns `fill` writes one by one.
  package mutating func add(
    rows: Int, _ fill: (_ column: Int, UnsafeMutableBufferPointer<Double>) -> Void
  ) {
    let width = width
    if piece.count < rows * width { piece = Array(repeating: 0, count: rows * width) }
    unsafe piece.withUnsafeMutableBufferPointer { piece in
      unsafe triangle.withUnsafeMutableBufferPointer { triangle in
        guard rows > 0, let base = piece.baseAddress else { return }
        for column in 0..<width {
          unsafe fill(column, UnsafeMutableBufferPointer(start: base + column * rows, count: rows))
        }
        for j in 0..<width { unsafe Self.reflect(j, triangle, base, rows: rows, width) }
      }
    }
  }

  /// Turns what the piece has of column `j` into the triangle.
  private static func reflect(
    _ j: Int, _ triangle: UnsafeMutableBufferPointer<Double>, _ piece: UnsafeMutablePointer<Double>,
    rows: Int, _ width: Int
  ) {
    let own = unsafe piece + j * rows
    let square = unsafe dot(own, own, count: rows)
    guard square > 0 else { return }
    let corner = unsafe triangle[j * width + j]
    let length = (corner * corner + square).squareRoot()
    let turned = corner > 0 ? -length : length
    let first = corner - turned
    let whole = first * first + square
    unsafe triangle[j * width + j] = turned
    for k in j + 1..<max(width, j + 1) {
      let other = unsafe piece + k * rows
      let above = unsafe triangle[k * width + j]
      let factor = unsafe 2 * (first * above + dot(own, other, count: rows)) / whole
      unsafe triangle[k * width + j] = above - factor * first
      unsafe DLPrepPipeline.add(-factor, times: own, to: other, count: rows)
    }
  }
}
