import DLPrepPipeline
import Testing

/// A symmetric matrix of numbers that repeat on every run.
private func matrix(_ n: Int, seed: UInt64, scale: (Int) -> Double = { _ in 1 }) -> [Double] {
  var state = seed
  func next() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(Int64(bitPattern: state) >> 11) / 0x1p52
  }
  var made = [Double](repeating: 0, count: n * n)
  for i in 0..<n {
    for j in 0...i {
      made[i * n + j] = next() * scale(i) * scale(j)
      made[j * n + i] = made[i * n + j]
    }
  }
  return made
}

@Test func eigenvectorsPutTheMatrixTogetherAgain() throws {
  for (n, seed) in [(1, 1), (2, 2), (3, 3), (7, 4), (20, 5), (61, 6)] as [(Int, UInt64)] {
    let a = matrix(n, seed: seed)
    let eigen = try #require(SymmetricEigen(a, count: n))
    #expect(eigen.values == eigen.values.sorted(by: >))
    let v = eigen.vectors
    for i in 0..<n {
      for j in 0..<n {
        let product = (0..<n).reduce(0.0) { $0 + v[i * n + $1] * v[j * n + $1] }
        #expect(abs(product - (i == j ? 1 : 0)) < 1e-13)
        let whole = (0..<n).reduce(0.0) { sum, k in
          sum + eigen.values[k] * v[k * n + i] * v[k * n + j]
        }
        #expect(abs(whole - a[i * n + j]) < 1e-13)
      }
    }
  }
}

@Test func eigenvaluesAreThoseOfNumpy() throws {
  // numpy.linalg.eigvalsh of the Hilbert matrix of 4 rows, and of one with three equal ones.
  let hilbert = (0..<16).map { (i: Int) -> Double in 1 / Double(i / 4 + i % 4 + 1) }
  let expected = [
    1.5002142800592424, 0.16914122022144984, 0.0067382736057607, 9.670230402262297e-05,
  ]
  let eigen = try #require(SymmetricEigen(hilbert, count: 4))
  for (found, value) in zip(eigen.values, expected) { #expect(abs(found - value) < 4e-15) }
  let three = (0..<16).map { (i: Int) -> Double in i % 5 == 0 ? 3 : 1 }
  let ones = try #require(SymmetricEigen(three, count: 4))
  for (found, value) in zip(ones.values, [6.0, 2, 2, 2]) { #expect(abs(found - value) < 1e-14) }
}

@Test func oddMatricesHaveEigenvaluesOrNone() throws {
  #expect(SymmetricEigen([], count: 0)?.values == [])
  #expect(SymmetricEigen([0, 0, 0, 0], count: 2)?.values == [0, 0])
  #expect(SymmetricEigen([.nan], count: 1) == nil)
  #expect(SymmetricEigen([1, 2], count: 2) == nil)
  // Squares of these overflow or vanish.
  let large = try #require(SymmetricEigen([3e300, 0, 0, 1e300], count: 2))
  #expect(large.values == [3e300, 1e300])
  let small = try #require(SymmetricEigen([1e-300, 2e-300, 2e-300, 1e-300], count: 2))
  #expect(abs(small.values[0] / 3e-300 - 1) < 1e-14 && abs(small.values[1] / -1e-300 - 1) < 1e-14)
  let graded = matrix(9, seed: 8) { index in [1e-8, 1, 1e8][index % 3] }
  let eigen = try #require(SymmetricEigen(graded, count: 9))
  let trace = (0..<9).reduce(0.0) { $0 + graded[$1 * 10] }
  #expect(abs(eigen.values.reduce(0, +) - trace) < 1e-14 * eigen.values[0].magnitude * 9)
}
