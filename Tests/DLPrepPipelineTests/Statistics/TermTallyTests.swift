import DLPrepData
import Testing

@testable import DLPrepPipeline

private let texts = [
  "red car", "red red house", "", "the car the house", "über Über ÜBER", "red car", "a b c",
]

private func column(_ texts: some Sequence<String>, asCategory: Bool = false) -> Column {
  let column = Column()
  let rows = Array(texts)
  column.prepare(asCategory ? .codes : .text, count: rows.count)
  let levels = Levels()
  for (row, text) in rows.enumerated() {
    if asCategory {
      column.codes[row] = levels.intern(text)
    } else {
      column.text.append(text.utf8)
    }
  }
  column.levels = levels
  return column
}

private func tally(_ parts: [Column], limit: Int = 100) throws -> TermTally {
  var tally = TermTally(Tokenizer(.words, lowercases: true), limit: limit)
  for part in parts { try tally.add(part) }
  return tally
}

@Suite struct TermTallyTests {
  @Test func termsAreCountedInTextsAndInAll() throws {
    let found = try tally([column(texts)]).result()
    let terms = (0..<found.values.count).map { String(decoding: found.values[$0], as: UTF8.self) }
    #expect(terms == ["car", "house", "red", "the", "über"])
    #expect(found.counts == [3, 2, 4, 2, 3])
    #expect(found.documents == [3, 2, 3, 1, 1])
  }

  @Test func anyPartitionCountsTheSame() throws {
    let whole = try tally([column(texts)]).result()
    for cut in 0...texts.count {
      let (first, rest) = (texts[..<cut], texts[cut...])
      #expect(try tally([column(first), column(rest)]).result() == whole)
      var merged = try tally([column(rest, asCategory: true)])
      try merged.merge(try tally([column(first)]))
      #expect(merged.result() == whole)
    }
  }

  @Test func tooManyTermsAreAnError() {
    #expect {
      _ = try tally([column(texts)], limit: 4)
    } throws: { ($0 as? PrepError)?.code == .limit }
  }

  @Test func wideColumnsComeBackFromDisk() throws {
    let cache = ColumnCache(memory: 0, folder: nil)
    let wide = Column()
    wide.prepare(.sparse, count: 3)
    wide.sparse.isWhole = true
    wide.sparse.append(7, 2)
    wide.sparse.append(900_000, -1)
    wide.sparse.endRow()
    wide.sparse.endRow()
    wide.sparse.append(0, 0.5)
    wide.sparse.endRow()
    wide.missing[1] = true
    let rows = wide.sparse
    let cached = try cache.put(wide)
    #expect(cached.inHand == nil)
    let back = try cache.fetch(cached)
    #expect(back.sparse == rows)
    #expect(back.missing[1])
    #expect(back.gathered([2, 0]).sparse.value(1, 900_000) == -1)
    #expect(back.joined(with: back).sparse.count == 6)
  }
}
