import DLPrepPipeline
import Testing

/// Columns of numbers that repeat on every run, each of another size.
private func columns(_ rows: Int, _ sizes: [Double]) -> [[Double]] {
  sizes.enumerated().map { j, size in
    (0..<rows).map { i in
      let mixed = (i &* 7919 &+ j &* 104_729 &+ i &* i &* 31) % 1009
      return size * (Double(mixed) / 1009 - 0.5)
    }
  }
}

private func reduced(_ columns: [[Double]], piece: Int) -> RowReduction {
  var reduction = RowReduction(width: columns.count)
  let rows = columns[0].count
  for start in stride(from: 0, to: rows, by: piece) {
    unsafe reduction.add(rows: min(piece, rows - start)) { column, piece in
      for i in piece.indices { unsafe piece[i] = columns[column][start + i] }
    }
  }
  return reduction
}

private func product(_ a: some Collection<Double>, _ b: some Collection<Double>) -> Double {
  zip(a, b).reduce(0) { $0 + $1.0 * $1.1 }
}

@Test func aTriangleHasTheProductsOfTheRows() {
  let sizes = [1, 1e6, 1e-5, 3, 100]
  let table = columns(300, sizes)
  for piece in [300, 64, 1] {
    let triangle = reduced(table, piece: piece).triangle
    for i in 0..<5 {
      for j in 0..<5 {
        let found = product(triangle[i * 5..<i * 5 + 5], triangle[j * 5..<j * 5 + 5])
        let expected = product(table[i], table[j])
        let unit = (product(table[i], table[i]) * product(table[j], table[j])).squareRoot()
        #expect(abs(found - expected) < 1e-13 * unit)
        if j > i { #expect(triangle[i * 5 + j] == 0) }
      }
    }
  }
  #expect(reduced([[0, 0], [0, 0]], piece: 2).triangle == [0, 0, 0, 0])
}

@Test func singularVectorsAreAtRightAngles() {
  for sizes in [[1.0], [1, 1e6, 1e-5, 3, 100], Array(repeating: 1, count: 17), [0, 1, 0]] {
    let n = sizes.count
    let square = Array(columns(n, sizes).joined())
    let found = SingularVectors(columns: square, count: n)
    let (scaled, right) = (found.scaled, found.right)
    let squares = found.squares
    for i in 0..<n {
      for j in 0..<n {
        let turned = product(scaled[i * n..<i * n + n], scaled[j * n..<j * n + n])
        let bound = 1e-14 * (squares[i] * squares[j]).squareRoot()
        if i != j { #expect(abs(turned) <= bound) }
        let unit = product(right[i * n..<i * n + n], right[j * n..<j * n + n])
        #expect(abs(unit - (i == j ? 1 : 0)) < 1e-14)
        // A = U S V'.
        let whole = (0..<n).reduce(0.0) { $0 + scaled[$1 * n + i] * right[$1 * n + j] }
        #expect(abs(whole - square[j * n + i]) <= 1e-14 * max(sizes[j], 1e-300) * Double(n))
      }
    }
  }
}
