import CDLPrepScan
import Testing

/// Numbers of at most eight bytes, which are read all at once: as the reader that takes one digit
/// after the other reads them, whatever stands before.
struct ShortNumberTests {
  /// Cells of all kinds of wrong and right numbers, behind bytes that are no part of them.
  private func forEachCell(_ body: ([UInt8], _ start: Int, _ count: Int) -> Void) {
    var state: UInt64 = 1
    func draw(_ below: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % below
    }
    let digits = Array("0123456789".utf8)
    let odd = Array(".-+e ,/:".utf8)
    for _ in 0..<40_000 {
      let start = draw(10)
      let count = 1 + draw(9)
      let oddity = 2 + draw(12)
      let bytes = (0..<start + count).map { _ in
        draw(oddity) == 0 ? odd[draw(odd.count)] : digits[draw(10)]
      }
      body(bytes, start, count)
    }
  }

  @Test func floatsAreReadAsByTheDigit() {
    var numbers = 0
    forEachCell { bytes, start, count in
      var (quick, slow) = (-7.0, -7.0)
      let code = unsafe dlp_parse_double_at(bytes, start, count, &quick)
      let want = unsafe dlp_parse_double(Array(bytes[start...]), count, &slow)
      #expect(code == want && quick.bitPattern == slow.bitPattern, "\(bytes) from \(start)")
      numbers += code == 0 ? 1 : 0
    }
    #expect(numbers > 10_000)
  }

  @Test func integersAreReadAsByTheDigit() {
    var numbers = 0
    forEachCell { bytes, start, count in
      var (quick, slow): (Int64, Int64) = (-7, -7)
      let code = unsafe dlp_parse_int64_at(bytes, start, count, &quick)
      let want = unsafe dlp_parse_int64(Array(bytes[start...]), count, &slow)
      #expect(code == want && quick == slow, "\(bytes) from \(start)")
      numbers += code == 0 ? 1 : 0
    }
    #expect(numbers > 10_000)
  }
}
