package import DLPrepData

/// Sums of columns, each times its weight, row by row.
///
/// The columns are added in their order, whatever rows are worked on together: always the same bits.
package struct Combinations: Sendable {
  private let inputs: Int
  private let shifts: [Double]
  private let starts: [Double]
  private let weights: [Double]
  /// How many rows are worked on at a time.
  private static let piece = 64

  /// Output o is `starts[o]`, and the sum over all inputs i of (input − `shifts[i]`) ·
  /// `weights[o][i]`.
  package init(shifts: [Double], starts: [Double], weights: [[Double]]) {
    inputs = shifts.count
    (self.shifts, self.starts) = (shifts, starts)
    self.weights = weights.flatMap { $0 }
  }

  /// Works on `count` rows of as many columns as there are shifts, and writes as many as there are
  /// starts, whose `floats` have room.
  package func apply(to columns: [[Double]], count: Int, into outputs: [Column]) {
    let piece = Self.piece
    unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: (inputs + 2) * piece) { tile in
      guard let tile = tile.baseAddress else { return }
      let sums = unsafe tile + inputs * piece
      for start in stride(from: 0, to: count, by: piece) {
        let rows = min(piece, count - start)
        for (i, column) in columns.enumerated() {
          let shift = shifts[i]
          unsafe column.withUnsafeBufferPointer { column in
            for row in 0..<rows { unsafe tile[i * piece + row] = column[start + row] - shift }
          }
          for row in rows..<piece { unsafe tile[i * piece + row] = 0 }
        }
        for o in stride(from: 0, to: starts.count, by: 2) {
          let last = min(o + 1, starts.count - 1)
          unsafe add(tile, o, last, to: sums, rows: rows)
          for (place, output) in [o, last].enumerated() {
            unsafe outputs[output].floats.withUnsafeMutableBufferPointer { out in
              for row in 0..<rows { unsafe out[start + row] = sums[place * piece + row] }
            }
          }
        }
      }
    }
  }

  /// Two sums at a time, of eight rows at a time.
  private func add(
    _ tile: UnsafePointer<Double>, _ first: Int, _ second: Int,
    to sums: UnsafeMutablePointer<Double>, rows: Int
  ) {
    let (inputs, piece) = (inputs, Self.piece)
    unsafe weights.withUnsafeBufferPointer { weights in
      guard let weights = weights.baseAddress else { return }
      let (a, b) = unsafe (weights + first * inputs, weights + second * inputs)
      for row in stride(from: 0, to: rows, by: 8) {
        var x = SIMD8(repeating: starts[first])
        var y = SIMD8(repeating: starts[second])
        for i in 0..<inputs {
          let numbers = unsafe UnsafeRawPointer(tile + i &* piece + row)
            .loadUnaligned(as: SIMD8<Double>.self)
          unsafe x += numbers * a[i]
          unsafe y += numbers * b[i]
        }
        unsafe UnsafeMutableRawPointer(sums + row).storeBytes(of: x, as: SIMD8<Double>.self)
        unsafe UnsafeMutableRawPointer(sums + piece + row).storeBytes(
          of: y, as: SIMD8<Double>.self)
      }
    }
  }
}
