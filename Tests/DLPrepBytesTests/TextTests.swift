import CDLPrepScan
import Testing

@Suite struct TextTests {
  @Test(
    arguments: [
      ([0xC0, 0xAF], 0), ([0x61, 0xED, 0xA0, 0x80], 1), ([0xF4, 0x90, 0x80, 0x80], 0),
      ([0xFF], 0), ([0x61, 0x80], 1), ([0xE2, 0x82], 0), ([0x61, 0xC3], 1),
      ([0xF0, 0x8F, 0x80, 0x80], 0),
      ([0xE0, 0x9F, 0x80], 0), ([0xC1, 0x81], 0), ([0xF5, 0x80, 0x80, 0x80], 0),
      ([0xC3, 0xA9, 0xC3, 0x28], 2), ([0xF1, 0x80, 0x80], 0),
    ] as [([UInt8], Int)]
  )
  func firstInvalidByte(bytes: [UInt8], at: Int) {
    #expect(unsafe dlp_utf8_valid_prefix(bytes, bytes.count) == at)
    // The same behind a stretch that the fast path takes.
    for lead in [1, 7, 8, 63, 64, 200] {
      let long = [UInt8](repeating: 0x61, count: lead) + bytes
      #expect(unsafe dlp_utf8_valid_prefix(long, long.count) == lead + at)
    }
  }

  @Test func everyScalarIsValidAndNothingElse() {
    var all: [UInt8] = []
    for value in UInt32(0)...0x10FFFF {
      if let scalar = Unicode.Scalar(value) { all.append(contentsOf: UTF8.encode(scalar)!) }
    }
    #expect(unsafe dlp_utf8_valid_prefix(all, all.count) == all.count)
    #expect(unsafe dlp_scalars(all, all.count) == 0x110000 - 0x800)
  }

  @Test func agreesWithTheStandardLibraryOnSoups() {
    var random = SeededBytes(3)
    let bytes: [UInt8] = [0x41, 0x80, 0xBF, 0xC2, 0xE0, 0xA0, 0xED, 0x9F, 0xF0, 0x90, 0xF4, 0x8F]
    for _ in 0..<20_000 {
      let soup = (0..<random.below(9)).map { _ in bytes[random.below(bytes.count)] }
      let valid = String(validating: soup, as: UTF8.self) != nil
      #expect((unsafe dlp_utf8_valid_prefix(soup, soup.count) == soup.count) == valid)
    }
  }

  @Test func lineEndsAsTheyAreCounted() {
    let text = Array("a\nb\r\nc\rd\r\r\n\r".utf8)
    #expect(unsafe dlp_line_ends(text, text.count) == 6)
    #expect(unsafe dlp_line_ends(text, 0) == 0)
    #expect(unsafe dlp_find(text, text.count, 0x63) == 5)
    #expect(unsafe dlp_find(text, text.count, 0x7A) == text.count)
  }
}
