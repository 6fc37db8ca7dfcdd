import DLPrepData
import DLPrepPipeline
import Testing

private let rows = 700
private let large: [Double] = (0..<rows).map { (row: Int) -> Double in
  1e9 + Double(row * 7919 % 1009) / 7
}
private let small: [Double] = (0..<rows).map { (row: Int) -> Double in
  Double(row * 31 % 101) * 1e-7 - (row % 50 == 0 ? 1 : 0)
}
private let mixed: [Double] = (0..<rows).map { (row: Int) -> Double in
  large[row] - 1e9 + small[row] * 3
}

/// A block of some of the rows; every fifth number of the third column is missing.
private func block(_ range: Range<Int>) -> Block {
  let block = Block(slots: 4)
  block.rows = Rows(first: range.lowerBound, count: range.count)
  let ones = [Double](repeating: 5, count: rows)
  for (slot, values) in [large, small, mixed, ones].enumerated() {
    let column = block.columns[slot]
    column.prepare(.floats, count: range.count)
    column.floats = Array(values[range])
    for row in range where slot == 2 && row % 5 == 0 {
      column.missing[row - range.lowerBound] = true
    }
  }
  return block
}

private func summed(_ parts: [[Range<Int>]]) -> Comoments {
  var all = Comoments(columns: 4)
  repeat {
    // A part starts from nothing of this sweep.
    let start = all
    for (number, part) in parts.enumerated() {
      var own = start
      for range in part {
        own.observe(block(range), slots: [0, 1, 2, 3], threads: SpareThreads(number % 3))
      }
      if number == 0 { all = own } else { all.merge(own) }
    }
  } while all.needsAnotherSweep()
  return all
}

/// The textbook's covariance and correlation, around means.
private func expected(_ x: [Double], _ y: [Double]) -> (covariance: Double, correlation: Double) {
  let n = Double(x.count)
  let a: Double = x.map { $0 - x[0] }.reduce(0, +) / n + x[0]
  let b: Double = y.map { $0 - y[0] }.reduce(0, +) / n + y[0]
  var (xy, xx, yy) = (0.0, 0.0, 0.0)
  for (u, v) in zip(x, y) {
    xy += (u - a) * (v - b)
    xx += (u - a) * (u - a)
    yy += (v - b) * (v - b)
  }
  return (xy / (n - 1), xy / (xx * yy).squareRoot())
}

@Test func covariancesAreThoseOfTheTextbook() throws {
  let found = summed([[0..<rows]])
  let whole = expected(large, small)
  #expect(abs(found.covariance(0, 1) - whole.covariance) <= 1e-12 * abs(whole.covariance) + 1e-14)
  #expect(abs(found.sums(0, 1).correlation - whole.correlation) <= 1e-13)
  let present = (0..<rows).filter { $0 % 5 != 0 }
  for (i, column) in [large, small].enumerated() {
    let part = expected(present.map { column[$0] }, present.map { mixed[$0] })
    #expect(abs(found.sums(i, 2).correlation - part.correlation) <= 1e-13)
    #expect(found.sums(i, 2).correlation == found.sums(2, i).correlation)
    #expect(found.sums(i, 2).count == present.count)
  }
  #expect(found.sums(0, 0).correlation == 1 && found.sums(2, 2).correlation == 1)
  #expect(found.sums(0, 3).correlation.isNaN)
}

@Test func anyPartitionGivesTheSameProducts() {
  let whole = summed([[0..<rows]])
  let single: [Range<Int>] = (0..<rows).map { $0..<($0 + 1) }
  let partitions: [[[Range<Int>]]] = [
    [[0..<1, 1..<rows]], [[0..<300], [300..<333, 333..<rows]],
    [single], [[0..<255], [255..<256], [256..<513], [513..<rows]],
  ]
  for parts in partitions {
    let other = summed(parts)
    for i in 0..<4 {
      for j in 0..<4 { #expect(whole.sums(i, j) == other.sums(i, j)) }
    }
  }
}

/// A block of 37 columns, some with missing values.
private func wide(_ range: Range<Int>) -> Block {
  let block = Block(slots: 37)
  block.rows = Rows(first: range.lowerBound, count: range.count)
  for (slot, column) in block.columns.enumerated() {
    column.prepare(.floats, count: range.count)
    for (i, row) in range.enumerated() {
      column.floats[i] = Double((row + 1) * (slot * 7919 + 13) % 10007) / Double(slot + 1) - 300
      column.missing[i] = slot % 4 == 3 && row % (slot + 2) == 1
      if column.missing[i] { column.floats[i] = .nan }
    }
  }
  return block
}

@Test(arguments: [3, 40, 700], [[0], [0, 1], [0, 30, 31]])
func productsOfManyColumnsAreThoseOfWholeNumbers(rows: Int, cuts: [Int]) {
  let starts = cuts.filter { $0 < rows }
  let parts = zip(starts, starts.dropFirst() + [rows]).map { wide($0..<$1) }
  var found = Comoments(columns: 37)
  repeat {
    for (number, part) in parts.enumerated() {
      found.observe(part, slots: Array(0..<37), threads: SpareThreads(number))
    }
  } while found.needsAnotherSweep()
  let whole = wide(0..<rows)
  let scales = whole.columns.map { column in
    var range = ColumnRange()
    range.add(column.floats.span, column.missing.words.span)
    return FixedPoint(center: range.mean, distance: range.distance, rows: rows)
  }
  for j in 0..<37 {
    for i in 0...j {
      var sums = PairSums()
      let (x, y) = (whole.columns[i], whole.columns[j])
      for row in 0..<rows where !x.missing[row] && !y.missing[row] {
        sums.add(scales[i](x.floats[row]), scales[j](y.floats[row]))
      }
      #expect(found.sums(i, j) == sums)
    }
  }
}
