import Testing

@testable import DLPrepPipeline

struct FirstOccurrencesTests {
  private func isFirst(_ seen: FirstOccurrences, _ word: String) -> Bool {
    let bytes = Array(word.utf8)
    return unsafe bytes.withUnsafeBufferPointer { unsafe seen.isFirst($0) }
  }

  @Test func aStringIsFirstOnceInEachText() {
    let seen = FirstOccurrences()
    for _ in 0..<3 {
      seen.startText()
      #expect(
        ["a", "b", "a", "", "b", ""].map { isFirst(seen, $0) } == [
          true, true, false, true, false, false,
        ])
    }
  }

  @Test func itStaysSoWhenTheDictionaryStartsOver() {
    let seen = FirstOccurrences()
    for text in 0..<40 {
      seen.startText()
      for word in 0..<5000 { #expect(isFirst(seen, "word \(word) of text \(text)")) }
      #expect(!isFirst(seen, "word 0 of text \(text)"))
    }
  }
}
