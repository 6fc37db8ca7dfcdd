/// Numbers, and the same ones sorted, among which those near to one are counted.
struct SortedNumbers: Sendable {
  /// The numbers in the order in which they came.
  let numbers: [Double]
  private let sorted: [Double]

  init(_ numbers: [Double]) {
    self.numbers = numbers
    sorted = numbers.sorted()
  }

  /// How many numbers are within a distance of one.
  func count(within radius: Double, of number: Double) -> Int {
    unsafe sorted.withUnsafeBufferPointer { sorted in
      // Numbers that aren't any have no order.
      unsafe max(
        0,
        Self.start(sorted) { $0 - number > radius }
          - Self.start(sorted) { number - $0 <= radius })
    }
  }

  /// The first position from which on a condition holds.
  @inline(__always)
  private static func start(
    _ sorted: UnsafeBufferPointer<Double>, where holds: (Double) -> Bool
  ) -> Int {
    var (low, left) = (0, sorted.count)
    while left > 0 {
      let half = left >> 1
      // No jump that could be guessed wrongly.
      let isBelow = unsafe !holds(sorted[low &+ half])
      low = isBelow ? low &+ half &+ 1 : low
      left = isBelow ? left &- half &- 1 : half
    }
    return low
  }
}
