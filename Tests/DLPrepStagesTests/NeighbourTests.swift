import DLPrepData
import DLPrepPipeline
import Testing

@testable import DLPrepStages

/// A number for each place, the same on every run, in steps so coarse that some distances are shared.
private func coarse(_ i: Int, _ j: Int) -> Double {
  let hash = UInt64(i &* 31 &+ j &+ 1) &* 0x9E37_79B9_7F4A_7C15
  return Double((hash >> 32) % 37)
}

private func isMissing(_ i: Int, _ j: Int) -> Bool { (i * 31 + j * 17) % 7 == 0 }

@Test(arguments: [1, 2, 5, 40], [true, false])
func neighboursAreThoseOfAFullSort(most: Int, hasGaps: Bool) {
  let count = 1100
  func isGone(_ i: Int, _ j: Int) -> Bool { hasGaps && isMissing(i, j) }
  let axes = (0..<4).map { j in
    PointTable.Axis(
      (0..<count).map { coarse($0, j) },
      missing: j == 3 ? [] : (0..<count).filter { isGone($0, j) },
      j < 2 ? .square : j == 2 ? .share(of: 8) : .other(1.5))
  }
  let search = NeighbourSearch(PointTable(axes, count: count), most: most)
  for row in stride(from: 0, to: count, by: 97) {
    search.given = (0..<4).filter { $0 == 3 || !isGone(row, $0) }
    for axis in search.given { search.row[axis] = coarse(row, axis) }
    search.wanted = [NeighbourSearch.anyAxis, 1]
    search.search(without: row)
    for (list, axis) in search.wanted.enumerated() {
      var all: [(distance: Double, point: Int)] = []
      for point in 0..<count where point != row && !(axis == 1 && isGone(point, 1)) {
        var (sum, shared) = (0.0, 0.0)
        for j in search.given where j == 3 || !isGone(point, j) {
          let (x, y) = (coarse(row, j), coarse(point, j))
          sum += j < 2 ? (x - y) * (x - y) : j == 2 ? abs(x - y) / 8 : x == y ? 0 : 1.5
          shared += 1
        }
        if shared > 0 { all.append((sum / shared, point)) }
      }
      let expected = all.sorted { $0 < $1 }.prefix(most)
      var found: [Int] = []
      search.forEach(of: list) { point, _ in found.append(point) }
      #expect(found == expected.map(\.point))
    }
  }
}

@Test func pointsMayConsistOfCategoriesAlone() {
  let search = NeighbourSearch(
    PointTable([PointTable.Axis([0, 1, 1, 2, 1], .other(1))], count: 5), most: 4)
  (search.given, search.wanted, search.row) = ([0], [NeighbourSearch.anyAxis], [1])
  search.search(without: 1)
  var found: [Int] = []
  search.forEach(of: 0) { point, _ in found.append(point) }
  #expect(found == [2, 4, 0, 3])
}

/// Gathers rows cut at some places, each part on its own.
private func gathered(
  _ start: GatheredRows, _ cuts: [Int]
) -> (summary: GatheredRows, categories: ByteStrings) {
  let fields = [Field("x", .float), Field("k", .category)]
  func block(_ rows: Range<Int>) -> Block {
    let block = Block(slots: fields.count)
    block.rows = Rows(first: rows.lowerBound, count: rows.count)
    let (x, k) = (block.columns[0], block.columns[1])
    x.prepare(.floats, count: rows.count)
    k.prepare(.codes, count: rows.count)
    let levels = Levels()
    for (i, row) in rows.enumerated() {
      x.floats[i] = coarse(row, 0)
      x.missing[i] = row % 5 == 2
      k.missing[i] = row % 10 == 7
      k.codes[i] = k.missing[i] ? -1 : levels.intern("c\(row * 13 % 6)")
    }
    k.levels = levels
    return block
  }
  var summary = start
  repeat {
    let before = summary
    for (first, last) in zip(cuts, cuts.dropFirst()) {
      var part = before
      part.observe(block(first..<last), slots: [0, 1], target: [], threads: SpareThreads(0))
      if first == cuts[0] { summary = part } else { summary.merge(part) }
    }
  } while summary.needsAnotherSweep(threads: SpareThreads(0))
  var column = summary.columns[1]
  return (summary, column.sortCategories())
}

@Test func partsGatherWhatTheWholeDoes() {
  let fields = [Field("x", .float), Field("k", .category)]
  for start in [
    GatheredRows(of: fields, numbers: 1000), GatheredRows(of: fields, rows: 30, purpose: "p"),
  ] {
    let one = gathered(start, [0, 200])
    #expect(one.summary.rows == 200)
    for cuts in [[0, 1, 200], [0, 64, 65, 130, 200], Array(0...200)] {
      let other = gathered(start, cuts)
      #expect(other.summary.rows == 200 && other.summary.count == one.summary.count)
      #expect(other.categories == one.categories)
      for (a, b) in zip(one.summary.columns, other.summary.columns) {
        var (a, b) = (a, b)
        _ = (a.sortCategories(), b.sortCategories())
        #expect(a.values == b.values && a.missing == b.missing && a.usual == b.usual)
        #expect(a.present == b.present)
      }
    }
  }
  let some = gathered(GatheredRows(of: fields, rows: 30, purpose: "p"), [0, 200]).summary
  #expect(some.count == 30)
  let none = gathered(GatheredRows(of: fields, numbers: 399), [0, 200]).summary
  #expect(none.isTooLarge && none.count == 0)
}
