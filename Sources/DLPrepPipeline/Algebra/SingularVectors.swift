/// The singular values of a square matrix, and its right singular vectors.
///
/// Turns pairs of columns until all are at right angles (one-sided Jacobi, after Hestenes). Small
/// values come out as exact as large ones where the columns differ in size only. The signs and the
/// order are as they come.
package struct SingularVectors: Sendable {
  /// How many columns there are.
  package let count: Int
  /// The left singular vectors times their values, one after the other.
  package private(set) var scaled: [Double]
  /// The right singular vectors, one after the other.
  package private(set) var right: [Double]

  /// Those of a matrix whose columns stand one after the other.
  package init(columns: [Double], count: Int) {
    self.count = count
    scaled = columns
    right = Array(repeating: 0, count: count * count)
    for i in 0..<count { right[i * count + i] = 1 }
    // It converges within about ten rounds; numbers that aren't finite never do.
    for _ in 0..<60 where !turnAll() { return }
  }

  /// The squares of the singular values.
  package var squares: [Double] {
    unsafe scaled.withUnsafeBufferPointer { scaled in
      guard let base = scaled.baseAddress else { return [] }
      return (0..<count).map {
        unsafe dot(base + $0 * count, base + $0 * count, count: count)
      }
    }
  }

  /// Turns every pair once; whether any wasn't at right angles.
  private mutating func turnAll() -> Bool {
    let n = count
    var hasTurned = false
    unsafe scaled.withUnsafeMutableBufferPointer { scaled in
      unsafe right.withUnsafeMutableBufferPointer { right in
        guard let a = scaled.baseAddress, let v = right.baseAddress else { return }
        for i in 0..<n {
          for j in i + 1..<max(n, i + 1) {
            let (x, y) = unsafe (a + i * n, a + j * n)
            let both = unsafe dot(x, y, count: n)
            let (first, second) = unsafe (dot(x, x, count: n), dot(y, y, count: n))
            let bound = Double.ulpOfOne * Double(n).squareRoot() * (first * second).squareRoot()
            guard both.magnitude > bound else { continue }
            hasTurned = true
            let slope = (second - first) / (2 * both)
            let tangent = (slope < 0 ? -1 : 1) / (slope.magnitude + length(slope, 1))
            let cosine = 1 / length(tangent, 1)
            let sine = cosine * tangent
            unsafe rotate(x, y, count: n, cosine: cosine, sine: sine)
            unsafe rotate(v + i * n, v + j * n, count: n, cosine: cosine, sine: sine)
          }
        }
      }
    }
    return hasTurned
  }
}
