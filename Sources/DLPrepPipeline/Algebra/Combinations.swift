import CDLPrepScan
package import DLPrepData

/// Sums of columns, each times its weight, row by row.
///
/// The columns are added in their order, whatever rows are worked on together: always the same bits.
package struct Combinations: Sendable {
  private let shifts: [Double]
  private let outputs: Int
  /// As many as a multiple of those that are worked on together.
  private let starts: [Double]
  private let weights: [Double]
  private static let rows = 64
  private static let together = 4

  /// Output o is `starts[o]`, and the sum over all inputs i of (input − `shifts[i]`) ·
  /// `weights[o][i]`.
  package init(shifts: [Double], starts: [Double], weights: [[Double]]) {
    self.shifts = shifts
    outputs = starts.count
    let more = (Self.together - outputs % Self.together) % Self.together
    self.starts = starts + Array(repeating: 0, count: more)
    // One more, so that there is memory to point at even without inputs.
    self.weights = weights.flatMap { $0 } + Array(repeating: 0, count: more * shifts.count + 1)
  }

  /// Works on `count` rows of as many columns as there are shifts, and writes as many as there are
  /// starts, whose `floats` have room.
  package func apply(to columns: [[Double]], count: Int, into results: [Column]) {
    let (inputs, rows) = (shifts.count, Self.rows)
    let room = (inputs + Self.together) * rows
    unsafe withUnsafeTemporaryAllocation(of: Double.self, capacity: room) { tile in
      unsafe tile.initialize(repeating: 0)
      guard let tile = tile.baseAddress else { return }
      let sums = unsafe tile + inputs * rows
      for start in stride(from: 0, to: count, by: rows) {
        let some = start..<min(start + rows, count)
        for (i, column) in columns.enumerated() {
          let shift = shifts[i]
          unsafe column.withUnsafeBufferPointer { column in
            for row in some { unsafe tile[i * rows + row - start] = column[row] - shift }
          }
        }
        for first in stride(from: 0, to: outputs, by: Self.together) {
          unsafe weights.withUnsafeBufferPointer { weights in
            unsafe starts.withUnsafeBufferPointer { starts in
              guard let weights = weights.baseAddress, let starts = starts.baseAddress else {
                return
              }
              unsafe dlp_combine(tile, inputs, weights + first * inputs, starts + first, sums)
            }
          }
          for output in first..<min(first + Self.together, outputs) {
            let own = unsafe sums + (output - first) * rows - start
            unsafe results[output].floats.withUnsafeMutableBufferPointer { out in
              for row in some { unsafe out[row] = own[row] }
            }
          }
        }
      }
    }
  }
}
