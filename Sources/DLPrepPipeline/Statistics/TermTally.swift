package import DLPrepData

/// Counts the terms of texts: in how many texts each occurs, and how often in all.
///
/// Whole numbers by bytes, so that parts of the rows merge in any order.
package struct TermTally {
  /// How many distinct terms are counted at most.
  package static let defaultLimit = 10_000_000

  private let limit: Int
  private let reader: TermReader
  private var levels = Levels()
  private var counts: [Int] = []
  private var documents: [Int] = []
  /// By term: the last text that it was counted for.
  private var last: [Int] = []
  private var texts = 0

  /// Counts the terms that a tokenizer makes.
  package init(_ tokenizer: Tokenizer, limit: Int = defaultLimit) {
    self.limit = limit
    reader = TermReader(tokenizer)
  }

  /// Adds the rows of a part that aren't missing.
  package mutating func add(_ column: Column) throws(PrepError) {
    switch column.storage {
    case .text:
      let strings = column.text
      let bytes = strings.bytes.span
      for row in 0..<column.count where !column.missing[row] {
        try add(bytes.extracting(strings.range(row)), times: 1)
      }
    case .codes:
      guard let strings = column.levels?.strings else { return }
      var times = [Int](repeating: 0, count: strings.count)
      for row in 0..<column.count where column.codes[row] >= 0 {
        times[Int(column.codes[row])] += 1
      }
      let bytes = strings.bytes.span
      for code in times.indices where times[code] > 0 {
        try add(bytes.extracting(strings.range(code)), times: times[code])
      }
    case .floats, .integers, .flags, .sparse: return
    }
  }

  /// Adds what was counted in another part of the rows.
  package mutating func merge(_ other: TermTally) throws(PrepError) {
    for code in 0..<other.levels.count {
      let own = Int(levels.intern(other.levels.strings, code))
      grow()
      counts[own] += other.counts[code]
      documents[own] += other.documents[code]
    }
    try checkLimit()
  }

  /// The terms in byte order with their counts.
  package func result() -> TermCounts {
    var result = TermCounts()
    for code in levels.sortedCodes() {
      result.values.append(levels.strings, code)
      result.counts.append(counts[code])
      result.documents.append(documents[code])
    }
    return result
  }

  private mutating func add(_ text: Span<UInt8>, times: Int) throws(PrepError) {
    reader.read(text)
    texts += 1
    let terms = reader.terms
    for i in 0..<terms.count {
      let code = Int(levels.intern(terms, i))
      grow()
      counts[code] += times
      if last[code] != texts {
        last[code] = texts
        documents[code] += times
      }
    }
    try checkLimit()
  }

  private mutating func grow() {
    guard levels.count > counts.count else { return }
    counts.append(0)
    documents.append(0)
    last.append(0)
  }

  private func checkLimit() throws(PrepError) {
    guard levels.count > limit else { return }
    throw PrepError(
      .limit, "expected at most \(limit) distinct terms, found more",
      hint: "hash_vectorize needs no list of terms; or use shorter ngrams or cut the text before")
  }
}
