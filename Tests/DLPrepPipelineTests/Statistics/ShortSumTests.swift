import Testing

@testable import DLPrepPipeline

struct ShortSumTests {
  @Test(arguments: Sample.allCases)
  func aShortSumIsTheExactOneOrNone(_ sample: Sample) {
    let values = sample.values
    for start in stride(from: 0, to: values.count, by: 3) {
      let some = Array(values[start..<min(values.count, start + 7)])
      var exact = ExactSum()
      for value in some { exact.add(value) }
      guard let short = ShortSum(some.map { $0 == 3 ? nil : $0 } + (some.contains(3) ? [3] : []))
      else { continue }
      #expect(short.divided(by: 1).bitPattern == exact.rounded.bitPattern)
      #expect(short.divided(by: 7).bitPattern == exact.divided(by: 7).bitPattern)
    }
  }

  @Test func usualNumbersHaveOne() {
    #expect(ShortSum([0.1, nil, 1e9, -0.3])?.divided(by: 1) == 1e9 + (0.1 - 0.3))
    #expect(ShortSum([Double?](repeating: 1, count: 32))?.divided(by: 32) == 1)
    #expect(ShortSum([0, -0.0, nil])?.divided(by: 2) == 0)
    #expect(ShortSum([])?.divided(by: 1) == 0)
  }

  @Test func whatMightNotFitHasNone() {
    #expect(ShortSum([1, .infinity]) == nil)
    #expect(ShortSum([.nan]) == nil)
    #expect(ShortSum([1e300, 1]) == nil)
    #expect(ShortSum([Double?](repeating: 1, count: 33)) == nil)
  }

  @Test func theLargestSumsFit() {
    // 31 numbers with every bit set, 64 binades above the smallest one.
    let large = (2 - Double.ulpOfOne) * 0x1p64
    for sign in [1.0, -1] {
      var exact = ExactSum()
      let numbers = [Double](repeating: sign * large, count: 31) + [1 + Double.ulpOfOne]
      for number in numbers { exact.add(number) }
      #expect(ShortSum(numbers.map(Optional.some))?.divided(by: 3) == exact.divided(by: 3))
    }
  }
}
