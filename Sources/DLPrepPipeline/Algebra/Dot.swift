/// The sum of products of two vectors.
///
/// Eight running sums in a fixed order: as quick as the machine allows, and always the same bits.
package func dot(
  _ a: UnsafePointer<Double>, _ b: UnsafePointer<Double>, count: Int
) -> Double {
  var first = SIMD4<Double>.zero
  var second = SIMD4<Double>.zero
  var i = 0
  while i &+ 8 <= count {
    unsafe first += four(a + i) * four(b + i)
    unsafe second += four(a + i + 4) * four(b + i + 4)
    i &+= 8
  }
  var sum = (first + second).sum()
  while i < count {
    unsafe sum += a[i] * b[i]
    i &+= 1
  }
  return sum
}

/// Adds a multiple of one vector to another.
package func add(
  _ factor: Double, times a: UnsafePointer<Double>, to b: UnsafeMutablePointer<Double>, count: Int
) {
  for i in 0..<count { unsafe b[i] += factor * a[i] }
}

/// Turns two vectors in their plane: (a, b) becomes (c a - s b, s a + c b).
package func rotate(
  _ a: UnsafeMutablePointer<Double>, _ b: UnsafeMutablePointer<Double>, count: Int,
  cosine c: Double,
  sine s: Double
) {
  for i in 0..<count {
    let (x, y) = unsafe (a[i], b[i])
    unsafe a[i] = c * x - s * y
    unsafe b[i] = s * x + c * y
  }
}

/// The root of a sum of two squares, without the overflow of the squares.
package func length(_ a: Double, _ b: Double) -> Double {
  let (most, least) = (max(a.magnitude, b.magnitude), min(a.magnitude, b.magnitude))
  if most == 0 || !most.isFinite { return most }
  let share = least / most
  return most * (1 + share * share).squareRoot()
}

@inline(__always)
private func four(_ at: UnsafePointer<Double>) -> SIMD4<Double> {
  unsafe UnsafeRawPointer(at).loadUnaligned(as: SIMD4<Double>.self)
}
