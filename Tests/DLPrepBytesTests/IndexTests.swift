import CDLPrepScan
import Testing

@Suite struct IndexTests {
  @Test(arguments: Indexed.kinds) func delimitersAndRecordEndsOutsideQuotes(kind: dlp_kind) {
    let found = Indexed("a,\"b,\n\"\"\",c\r\nd\re\n", kind: kind)
    #expect(found.positions == [1, 9, 12, 14, 16])
    #expect(found.recordEnds == 3)
    #expect(found.lineEnds == 4)
    #expect(found.facts == [1, 0, 0])
    #expect(!found.badQuote)
  }

  @Test func carriageReturnAtTheEndWaitsForTheNextPiece() {
    let bytes = Array("a\r\nb\rc\r".utf8)
    for kind in Indexed.kinds {
      let split = Indexed([bytes[..<2], bytes[2..<5], bytes[5...]], kind: kind)
      #expect(split.positions == [2, 4, 6])
      #expect(split.lineEnds == 3)
    }
  }

  @Test func strayQuotesAreNoticed() {
    for text in ["a\"b,c\n", "\"a\"b,c\n", "\"a\" ,b\n", " \"a\"\n"] {
      for kind in Indexed.kinds { #expect(Indexed(text, kind: kind).badQuote, "\(text)") }
    }
    for text in ["\"a\"\"b\",c\n", "\"\",\"\"\r\"\"\n", "\"\"\"\"\n", "\"\r\n\"\r\n"] {
      for kind in Indexed.kinds { #expect(!Indexed(text, kind: kind).badQuote, "\(text)") }
    }
  }

  @Test func exactIndexNamesTheFirstError() {
    let glued = Indexed("a,b\n1,\"x\"y\n\"", kind: nil)
    #expect(glued.error == UInt8(dlp_scan_text_after_quote.rawValue) && glued.errorAt == 9)
    let open = Indexed("a\n\"b\"\"\nc", kind: nil)
    #expect(open.error == UInt8(dlp_scan_unterminated_quote.rawValue) && open.errorAt == 2)
    let data = Indexed("a,5\" disk\n", kind: nil)
    #expect(data.error == 0 && data.positions == [1, 9])
    let escaped = Indexed("\"a\\\",\\\\\",b\n", kind: nil, escape: 0x5C)
    #expect(escaped.error == 0 && escaped.positions == [8, 10])
  }

  @Test func exactIndexStopsAfterSomeRecords() {
    let bytes = Array("a,b\nc,d\ne,f\n".utf8)
    var state = dlp_scan_state()
    var info = dlp_scan_info()
    var out = [UInt32](repeating: 0, count: 80)
    #expect(unsafe dlp_index_scalar(bytes, 12, 0x2C, 0x22, 0, 2, &state, &out, &info) == 4)
    #expect(info.consumed == 8 && state.offset == 8)
    let rest = Array(bytes[8...])
    #expect(unsafe dlp_index_scalar(rest, 4, 0x2C, 0x22, 0, 2, &state, &out, &info) == 2)
    #expect(out[0] == 9 && out[1] == 11)
  }

  /// Every implementation, cut anywhere, gives what the state machine gives, or says that it can't.
  @Test(arguments: 0..<8) func soupsInPieces(seed: Int) {
    var random = SeededBytes(UInt64(seed))
    let alphabets = ["a,\"\n\r", "\",", "aaaa,\n\u{e9}", "\r\n", "aaaaaaaaa,\"\0"]
    var trusted = 0
    for round in 0..<300 {
      let alphabet = Array(alphabets[round % alphabets.count].utf8)
      var text = (0..<random.below(260)).map { _ in alphabet[random.below(alphabet.count)] }
      if round % 2 == 0 { text = wellFormed(&random) }
      let quote: UInt8 = round % 7 == 6 ? 0 : 0x22
      let exact = Indexed([text[...]], kind: nil, quote: quote)
      for kind in Indexed.kinds {
        let found = Indexed(pieces(of: text, &random), kind: kind, quote: quote)
        #expect(found.lineEnds == exact.lineEnds && found.facts == exact.facts)
        if found.badQuote { continue }
        trusted += 1
        #expect(found.positions == exact.positions, "\(kind) \(text)")
        #expect(found.recordEnds == exact.recordEnds && found.error == exact.error)
      }
      if !text.isEmpty {
        #expect(Indexed(pieces(of: text, &random), kind: nil, quote: quote) == exact)
      }
    }
    // A rule that calls everything bad would pass the rest.
    #expect(trusted > 150 * Indexed.kinds.count)
  }

  private func pieces(of text: [UInt8], _ random: inout SeededBytes) -> [ArraySlice<UInt8>] {
    var pieces: [ArraySlice<UInt8>] = []
    var at = 0
    while at < text.count {
      let count = 1 + random.below(random.below(3) == 0 ? 3 : 150)
      pieces.append(text[at..<min(text.count, at + count)])
      at += count
    }
    return pieces
  }

  /// Fields that follow the rules: plain or quoted, with all that may stand in quotes.
  private func wellFormed(_ random: inout SeededBytes) -> [UInt8] {
    var text = ""
    let inner = ["a", ",", "\n", "\r", "\r\n", "\"\"", "\u{e9}"]
    let after = [",", ",", "\n", "\r\n", "\r"]
    for _ in 0..<random.below(60) {
      if random.below(2) == 0 {
        text += String(repeating: "b", count: random.below(9))
      } else {
        text += "\"" + (0..<random.below(9)).map { _ in inner[random.below(7)] }.joined() + "\""
      }
      text += after[random.below(5)]
    }
    return Array(text.utf8)
  }
}
