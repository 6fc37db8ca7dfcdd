import DLPrepData
import DLPrepPipeline

/// Counts the terms of texts that are in a vocabulary.
final class TermCounter {
  private let reader: TermReader
  private let codes: Levels
  private var found: [Int32] = []

  /// A counter for one worker; components are the terms in their order.
  init(_ tokenizer: Tokenizer, _ terms: ByteStrings) {
    reader = TermReader(tokenizer)
    codes = Levels()
    for i in 0..<terms.count { _ = codes.intern(terms, i) }
  }

  /// Adds the terms of a text to the row that isn't ended yet, and says how many aren't in the
  /// vocabulary.
  @discardableResult
  func count(_ text: Span<UInt8>, into rows: inout SparseRows) -> Int {
    reader.read(text)
    let terms = reader.terms
    let bytes = terms.bytes.span
    found.removeAll(keepingCapacity: true)
    for i in 0..<terms.count {
      if let code = codes.code(of: bytes.extracting(terms.range(i))) { found.append(code) }
    }
    found.sort()
    var start = 0
    while start < found.count {
      var end = start + 1
      while end < found.count, found[end] == found[start] { end += 1 }
      rows.append(found[start], Double(end - start))
      start = end
    }
    return terms.count - found.count
  }
}

extension ByteStrings {
  /// The strings as text.
  var texts: [String] { (0..<count).map { String(decoding: self[$0], as: UTF8.self) } }
}
