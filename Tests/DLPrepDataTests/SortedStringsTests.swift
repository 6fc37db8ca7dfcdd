import DLPrepData
import Testing

@Suite struct SortedStringsTests {
  @Test func hashesFindWhatHalvingFinds() {
    let words = (0..<3000).map { Array("word \($0 * 7 % 3000)".utf8) }
    let strings = ByteStrings(words.sorted { $0.lexicographicallyPrecedes($1) })
    let sought = words + (0..<500).map { Array("none \($0)".utf8) } + [[]]
    let quick = SortedStrings(strings)
    // Twice: the first questions are answered by halving, later ones by hash.
    for _ in 0..<2 {
      for word in sought {
        #expect(quick.index(of: word.span) == strings.sortedIndex(of: word.span))
      }
    }
  }

  @Test func anEmptyListHasNothing() {
    let none = SortedStrings(ByteStrings())
    for _ in 0..<200 { #expect(none.index(of: Array("a".utf8).span) == nil) }
  }
}
