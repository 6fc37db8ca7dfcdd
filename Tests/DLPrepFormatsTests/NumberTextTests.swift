import Testing

@testable import DLPrepFormats

/// Numbers are printed as Swift's standard library prints them, which is another algorithm.
@Suite struct NumberTextTests {
  private func text(_ number: Double) -> String {
    var text = RawText()
    text.append(float: number)
    return unsafe String(decoding: text.buffer, as: UTF8.self)
  }

  private func bits(_ seed: UInt64) -> UInt64 {
    var z = seed &* 0x9E37_79B9_7F4A_7C15
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  @Test func edgesOfTheFormatAndOfDoubles() {
    let numbers = [
      0, 1, 0.1, 0.001, 0.0001, 0.00001, 0.00012345, 1e15, 1e16, 1e17, 1e22, 1e23, 123456.789,
      0x1p53, 0x1p53 - 1, 0x1p53 + 2, .leastNonzeroMagnitude, .leastNormalMagnitude,
      .greatestFiniteMagnitude, .infinity, .nan, 0x1p-1030, 1e-291, 1e-292, 1e-308, 0.1 + 0.2,
    ]
    for number in numbers {
      #expect(text(number) == number.description)
      #expect(text(-number) == (-number).description)
    }
  }

  @Test func allPowersOfTwoAndTheirNeighbours() {
    for exponent in 0..<2047 as Range<UInt64> {
      for step in -2...2 as ClosedRange<Int64> {
        let number = Double(bitPattern: (exponent << 52) &+ UInt64(bitPattern: step))
        if number.isFinite { #expect(text(number) == number.description) }
      }
    }
  }

  @Test func anyBitsAndUsualNumbers() {
    for seed in 0..<20_000 as Range<UInt64> {
      let any = Double(bitPattern: bits(seed))
      let near = Double(bits(seed) >> 11) / 0x1p53 * 6 - 3
      let decimal = Double(bits(seed) >> 20) / 1e7
      for number in [any, near, decimal] where number.isFinite {
        #expect(text(number) == number.description)
      }
    }
  }
}
