import Testing

@testable import DLPrepPipeline

@Suite struct ExactSumTests {
  @Test func orderAndSizeDontMatter() {
    // (1e100 + 1) - 1e100 is 0 in doubles.
    for values in [[1e100, 1, -1e100], [1, 1e100, -1e100], [-1e100, 1e100, 1]] {
      var sum = ExactSum()
      sum.add(values)
      #expect(sum.rounded == 1)
    }
    var tenths = ExactSum()
    tenths.add([Double](repeating: 0.1, count: 10))
    #expect(tenths.rounded == 1)
    #expect(tenths.divided(by: 10) == 0.1)
  }

  @Test func takingAwayWhatWasAddedLeavesNothing() {
    let values = Sample.anything.values
    var sum = ExactSum()
    sum.add(values)
    #expect(!sum.isZero)
    sum.add(values.reversed().map { -$0 })
    #expect(sum.isZero)
    #expect(sum.rounded.bitPattern == 0)
    #expect(sum == ExactSum())
  }

  @Test func missingValuesDontCountWhateverTheirBits() {
    // 600 values take the quick way, 70 the plain one.
    for count in [70, 600] {
      var values = [Double](repeating: 2, count: count)
      var missing = [UInt64](repeating: 0, count: (count + 63) / 64)
      for index in stride(from: 0, to: count, by: 3) {
        values[index] = [Double.nan, .infinity, 1e300][index % 9 / 3]
        missing[index >> 6] |= 1 << UInt64(index & 63)
      }
      var sum = ExactSum()
      sum.add(values, missing: missing)
      #expect(sum.rounded == Double(2 * (count - (count + 2) / 3)))
    }
  }

  @Test func longColumnsDontOverflowTheTable() {
    // Squares of full mantissas: 2^22 of them would fill 128 bits.
    let largest = 2.0.nextDown
    let count = BinadeTable.limit + 1000
    var moments = ExactMoments()
    moments.add([Double](repeating: largest, count: count))
    #expect(moments.mean == largest)
    #expect(moments.variance == 0)
  }

  @Test func roundingIsToNearestAndTiesToEven() {
    func check(_ magnitude: UInt128, _ exponent: Int, inexact: Bool = false, _ expected: Double) {
      let rounded = Double(rounding: magnitude, exponent: exponent, inexact: inexact)
      #expect(rounded == expected)
      let negative = Double(
        rounding: magnitude, exponent: exponent, inexact: inexact, negative: true)
      #expect(negative == -expected)
    }
    let one: UInt128 = 1
    check(one << 127 | 1, -200, 0x1p-73)
    check(one << 54 | 2, 0, 0x1p54)
    check(one << 54 | 2, 0, inexact: true, 0x1p54 + 4)
    check(one << 54 | 6, 0, 0x1p54 + 8)
    check(3, -1075, Double(bitPattern: 2))
    check(1, -1075, 0)
    check(one << 60 | 1, -1135, .leastNonzeroMagnitude)
    check(one << 60, -1135, 0)
    check(one << 60, -1135, inexact: true, .leastNonzeroMagnitude)
    check(one << 60, -1136, inexact: true, 0)
    check(.max, 0, 0x1p128)
    check(one << 64, 960, .infinity)
    check(one << 54 - 1, 970, .infinity)
    check(one << 54 - 2, 970, .greatestFiniteMagnitude)
  }
}
