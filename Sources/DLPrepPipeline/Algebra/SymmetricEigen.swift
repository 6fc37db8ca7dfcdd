/// The eigenvalues and eigenvectors of a real symmetric matrix.
///
/// Householder's reduction to three diagonals, then implicit QL steps (EISPACK's `tred2` and `tql2`,
/// after Bowdler, Martin, Reinsch and Wilkinson): errors of a few ulps of the largest eigenvalue.
/// Only + − × ÷ √ in a fixed order, so that every machine finds the same bits.
package struct SymmetricEigen: Sendable {
  /// The eigenvalues, the largest first.
  package private(set) var values: [Double]
  /// The eigenvectors, each of length 1, one after the other in the order of `values`; their signs
  /// are as they come.
  package private(set) var vectors: [Double]

  /// Those of a matrix of `count` rows; nil where a number isn't finite.
  ///
  /// Row `i`, column `j` is `matrix[i * count + j]`; only the lower triangle is read.
  package init?(_ matrix: [Double], count: Int) {
    guard matrix.count == count * count, matrix.allSatisfy(\.isFinite) else { return nil }
    // The largest magnitude becomes 1, so that no square overflows.
    let largest = matrix.reduce(0) { max($0, $1.magnitude) }
    let scale = largest == 0 ? 1 : largest
    var work = EigenWork(count: count)
    // Columns lie one after the other, so that every inner loop runs over neighbours in memory.
    for i in 0..<count {
      for j in 0...i {
        work.vectors[j * count + i] = matrix[i * count + j] / scale
        work.vectors[i * count + j] = matrix[i * count + j] / scale
      }
    }
    if count > 0 {
      work.reduceToThreeDiagonals()
      work.accumulate()
      guard work.diagonalize() else { return nil }
    }
    let order = (0..<count).sorted { (work.values[$1], $0) < (work.values[$0], $1) }
    values = order.map { work.values[$0] * scale }
    vectors = order.flatMap { work.vectors[$0 * count..<($0 + 1) * count] }
  }
}

/// The matrix on its way: first itself, then what turns it, in the end its eigenvectors.
private struct EigenWork {
  let count: Int
  var vectors: [Double]
  var values: [Double]
  /// The numbers beside the diagonal.
  var beside: [Double]

  init(count: Int) {
    self.count = count
    vectors = Array(repeating: 0, count: count * count)
    values = Array(repeating: 0, count: count)
    beside = values
  }

  /// Reflects until only the diagonal and its neighbours are left.
  mutating func reduceToThreeDiagonals() {
    let n = count
    unsafe vectors.withUnsafeMutableBufferPointer { v in
      unsafe values.withUnsafeMutableBufferPointer { d in
        unsafe beside.withUnsafeMutableBufferPointer { e in
          for j in 0..<n { unsafe d[j] = v[j * n + n - 1] }
          for i in stride(from: n - 1, to: 0, by: -1) {
            var scale = 0.0
            for k in 0..<i { unsafe scale += d[k].magnitude }
            var h = 0.0
            if scale == 0 {
              unsafe e[i] = d[i - 1]
              for j in 0..<i {
                unsafe d[j] = v[j * n + i - 1]
                unsafe v[j * n + i] = 0
                unsafe v[i * n + j] = 0
              }
            } else {
              for k in 0..<i {
                unsafe d[k] /= scale
                unsafe h += d[k] * d[k]
              }
              let f = unsafe d[i - 1]
              let g = f > 0 ? -h.squareRoot() : h.squareRoot()
              unsafe e[i] = scale * g
              h -= f * g
              unsafe d[i - 1] = f - g
              unsafe Self.reflect(v, d, e, i, h, n)
            }
            unsafe d[i] = h
          }
        }
      }
    }
  }

  /// Takes one reflection through the rows and columns before `i`.
  private static func reflect(
    _ v: UnsafeMutableBufferPointer<Double>, _ d: UnsafeMutableBufferPointer<Double>,
    _ e: UnsafeMutableBufferPointer<Double>, _ i: Int, _ h: Double, _ n: Int
  ) {
    for j in 0..<i { unsafe e[j] = 0 }
    for j in 0..<i {
      let f = unsafe d[j]
      unsafe v[i * n + j] = f
      var g = unsafe e[j] + v[j * n + j] * f
      for k in j + 1..<max(i, j + 1) {
        unsafe g += v[j * n + k] * d[k]
        unsafe e[k] += v[j * n + k] * f
      }
      unsafe e[j] = g
    }
    var f = 0.0
    for j in 0..<i {
      unsafe e[j] /= h
      unsafe f += e[j] * d[j]
    }
    let half = f / (h + h)
    for j in 0..<i { unsafe e[j] -= half * d[j] }
    for j in 0..<i {
      let (f, g) = unsafe (d[j], e[j])
      for k in j..<i { unsafe v[j * n + k] -= f * e[k] + g * d[k] }
      unsafe d[j] = v[j * n + i - 1]
      unsafe v[j * n + i] = 0
    }
  }

  /// Multiplies the reflections.
  mutating func accumulate() {
    let n = count
    unsafe vectors.withUnsafeMutableBufferPointer { v in
      unsafe values.withUnsafeMutableBufferPointer { d in
        for i in 0..<n - 1 {
          unsafe v[i * n + n - 1] = v[i * n + i]
          unsafe v[i * n + i] = 1
          let next = (i + 1) * n
          let h = unsafe d[i + 1]
          if h != 0 {
            for k in 0...i { unsafe d[k] = v[next + k] / h }
            for j in 0...i {
              var g = 0.0
              for k in 0...i { unsafe g += v[next + k] * v[j * n + k] }
              for k in 0...i { unsafe v[j * n + k] -= g * d[k] }
            }
          }
          for k in 0...i { unsafe v[next + k] = 0 }
        }
        for j in 0..<n {
          unsafe d[j] = v[j * n + n - 1]
          unsafe v[j * n + n - 1] = 0
        }
        unsafe v[n * n - 1] = 1
      }
    }
  }

  /// Turns until nothing is left beside the diagonal; false where that doesn't come to an end.
  mutating func diagonalize() -> Bool {
    let n = count
    for i in 1..<max(n, 1) { beside[i - 1] = beside[i] }
    beside[n - 1] = 0
    var (shift, largest) = (0.0, 0.0)
    for l in 0..<n {
      largest = max(largest, values[l].magnitude + beside[l].magnitude)
      let bound = Double.ulpOfOne * largest
      let m = (l..<n).first { beside[$0].magnitude <= bound } ?? n - 1
      if m > l {
        var rounds = 0
        repeat {
          rounds += 1
          if rounds > 100 { return false }
          shift += turn(l, m)
        } while beside[l].magnitude > bound
      }
      values[l] += shift
      beside[l] = 0
    }
    return true
  }

  /// One QL step on the rows from `l` to `m`; how far it has shifted the rest.
  private mutating func turn(_ l: Int, _ m: Int) -> Double {
    let n = count
    let g = values[l]
    var p = (values[l + 1] - g) / (2 * beside[l])
    let r = p < 0 ? -length(p, 1) : length(p, 1)
    values[l] = beside[l] / (p + r)
    values[l + 1] = beside[l] * (p + r)
    let next = values[l + 1]
    let shift = g - values[l]
    for i in l + 2..<max(n, l + 2) { values[i] -= shift }
    p = values[m]
    var (c, c2, c3) = (1.0, 1.0, 1.0)
    var (s, s2) = (0.0, 0.0)
    let beyond = beside[l + 1]
    unsafe vectors.withUnsafeMutableBufferPointer { vectors in
      guard let v = vectors.baseAddress else { return }
      for i in stride(from: m - 1, through: l, by: -1) {
        (c3, c2, s2) = (c2, c, s)
        let (g, h) = (c * beside[i], c * p)
        let r = length(p, beside[i])
        beside[i + 1] = s * r
        s = beside[i] / r
        c = p / r
        p = c * values[i] - s * g
        values[i + 1] = h + s * (c * g + s * values[i])
        unsafe rotate(v + i * n, v + (i + 1) * n, count: n, cosine: c, sine: s)
      }
    }
    p = -s * s2 * c3 * beyond * beside[l] / next
    beside[l] = s * p
    values[l] = c * p
    return shift
  }
}
