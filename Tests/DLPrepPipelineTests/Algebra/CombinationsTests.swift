import DLPrepData
import DLPrepPipeline
import Testing

@Test(arguments: [1, 8, 63, 64, 65, 200], [(0, 3), (7, 1), (7, 2), (7, 5), (1, 4)])
func columnsAreCombinedInTheirOrder(rows: Int, sizes: (inputs: Int, outputs: Int)) {
  let (inputs, outputs) = sizes
  func number(_ i: Int, _ j: Int) -> Double { Double((i * 31 + j * 17) % 101) / 7 - 6 }
  let columns = (0..<inputs).map { i in (0..<(rows + 3)).map { number($0, i) } }
  let shifts = (0..<inputs).map { number($0, 50) }
  let starts = (0..<outputs).map { number($0, 60) }
  let weights = (0..<outputs).map { o in (0..<inputs).map { number($0, o + 70) } }
  let out = (0..<outputs).map { _ in Column() }
  for column in out { column.prepare(.floats, count: rows) }
  Combinations(shifts: shifts, starts: starts, weights: weights).apply(
    to: columns, count: rows, into: out)
  for o in 0..<outputs {
    for row in 0..<rows {
      var sum = starts[o]
      for i in 0..<inputs { sum += (columns[i][row] - shifts[i]) * weights[o][i] }
      #expect(out[o].floats[row] == sum)
    }
  }
}
