import Testing

@testable import DLPrepStages

@Test(arguments: [4, 12, 13, 500], [3.0, 40, 1e9])
func theThirdNearestPointIsThatOfAll(count: Int, grain: Double) {
  // Coarse grains give many points at one place.
  func coordinate(_ row: Int, _ axis: UInt64) -> Double {
    let hash = (UInt64(row) &+ 1 &+ axis &* 1000) &* 0x9E37_79B9_7F4A_7C15
    return (Double(hash >> 11) * 0x1p-53 * grain).rounded()
  }
  let x = (0..<count).map { coordinate($0, 0) }
  let y = (0..<count).map { coordinate($0, 1) }
  var seen: [[Double]] = []
  PlaneTree(x, y).forEachPoint { seen.append([$0, $1, $2]) }
  let expected = (0..<count).map { row -> [Double] in
    let distances = (0..<count).filter { $0 != row }.map {
      max((x[$0] - x[row]).magnitude, (y[$0] - y[row]).magnitude)
    }
    return [x[row], y[row], distances.sorted()[2]]
  }
  func inOrder(_ a: [Double], _ b: [Double]) -> Bool { a.lexicographicallyPrecedes(b) }
  #expect(seen.sorted(by: inOrder) == expected.sorted(by: inOrder))
}

@Test func nearNumbersAreCounted() {
  let numbers = SortedNumbers([5, 1, 2, 2, 9, 2, 7])
  #expect(numbers.count(within: 0, of: 2) == 3)
  #expect(numbers.count(within: 3, of: 2) == 5)
  #expect(numbers.count(within: 2, of: 9) == 2)
  #expect(numbers.count(within: 0, of: 3) == 0)
  #expect(numbers.count(within: 100, of: 0) == 7)
  #expect(SortedNumbers([]).count(within: 1, of: 1) == 0)
  #expect(numbers.count(within: 1, of: .nan) == 0)
}
