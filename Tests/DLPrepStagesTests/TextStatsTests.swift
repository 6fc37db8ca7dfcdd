import DLPrepData
import DLPrepPipeline
import DLPrepStages
import Testing

private let texts: [String?] = [
  "Hello World! It's 5 o'clock.", "  two  words ", "ÉCOLE \u{FF12}\u{FF13} ß.\n", "",
  "no. yes? YES!!! ok", "a A a", nil,
]

@Test func factsAboutTextAreThoseOfFeatureEngine() async throws {
  // feature-engine 1.9.4: TextFeatures(...).fit_transform, pandas 3.1.
  let counts: [(TextStat, [Int64?])] = [
    (.length, [28, 13, 12, 0, 18, 5, 0]), (.characters, [24, 8, 9, 0, 15, 3, 0]),
    (.words, [5, 2, 3, 0, 4, 3, 0]), (.sentences, [2, 0, 1, 0, 3, 0, 0]),
    (.digits, [1, 0, 2, 0, 0, 0, 0]), (.letters, [19, 8, 4, 0, 10, 3, 0]),
    (.upper, [3, 0, 4, 0, 3, 1, 0]), (.lower, [16, 8, 0, 0, 7, 2, 0]),
    (.punctuation, [4, 0, 5, 0, 5, 0, 0]), (.whitespace, [4, 5, 3, 0, 3, 2, 0]),
    (.uniqueWords, [5, 2, 3, 0, 4, 1, 0]),
  ]
  let shares: [(TextStat, [Double?])] = [
    (.wordLength, [5.6, 5, 3.6666666666666665, 0, 4.5, 1.6666666666666667, 0]),
    (.diversity, [1, 1, 1, 0, 1, 3, 0]),
    (
      .whitespaceShare,
      [0.14285714285714285, 0.38461538461538464, 0.25, 0, 0.16666666666666666, 0.4, 0]
    ),
    (.digitShare, [0.041666666666666664, 0, 0.2222222222222222, 0, 0, 0, 0]),
    (.upperShare, [0.125, 0, 0.4444444444444444, 0, 0.2, 0.3333333333333333, 0]),
  ]
  let truths: [(TextStat, [Int])] = [
    (.hasDigits, [1, 0, 1, 0, 0, 0, 0]), (.hasUpper, [1, 0, 1, 0, 1, 1, 0]),
    (.startsUpper, [1, 0, 0, 0, 0, 0, 0]), (.endsPunctuation, [1, 0, 1, 0, 0, 0, 0]),
    (.isEmpty, [0, 0, 0, 1, 0, 0, 1]),
  ]
  #expect(counts.count + shares.count + truths.count == TextStat.allCases.count)
  for values in [Table.Values.text(texts), .category(texts)] {
    let out = try await served([TextStats(["x"])], Table(["x": values]))
    for (stat, expected) in counts {
      #expect(out.values(of: "x_\(stat.rawValue)") == .integer(expected), "\(stat)")
    }
    for (stat, expected) in shares {
      #expect(out.values(of: "x_\(stat.rawValue)") == .float(expected), "\(stat)")
    }
    for (stat, expected) in truths {
      #expect(out.values(of: "x_\(stat.rawValue)") == .bool(expected.map { $0 == 1 }), "\(stat)")
    }
  }
}

@Test func missingTextMayStayMissing() async throws {
  let stage = TextStats(["x"]) { ($0.extract, $0.common.missing) = ([.words, .isEmpty], .keep) }
  let out = try await served([stage], Table(["x": .text(["a b", nil])]))
  #expect(out.values(of: "x_words") == .integer([2, nil]))
  #expect(out.values(of: "x_is_empty") == .bool([false, nil]))
}
