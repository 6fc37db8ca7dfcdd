import DLPrepPipeline

/// What there is to count in a text, in one pass over its characters.
///
/// The classes are those of feature-engine's patterns in Python: letters are `a-z` and `A-Z`, digits
/// and white space are Unicode's.
struct TextFacts {
  private var length = 0
  private var whitespace = 0
  private var trimmed = 0
  private var words = 0
  private var uniqueWords = 0
  private var sentences = 0
  private var digits = 0
  private var upper = 0
  private var lower = 0
  private var punctuation = 0
  private var startsUpper = false
  private var endsPunctuation = false

  /// Reads a text; different words are counted only where `words` are given, as it takes time.
  init(_ bytes: Span<UInt8>, words: DistinctWords?) {
    unsafe bytes.withUnsafeBufferPointer { unsafe read($0, words) }
  }

  private mutating func read(_ bytes: UnsafeBufferPointer<UInt8>, _ distinct: DistinctWords?) {
    distinct?.startText()
    var at = 0
    var wordStart = -1
    var endsSentence = false
    // How many characters came before the last white space run, without white space before them.
    var leading = true
    var pending = 0
    while at < bytes.count {
      let (scalar, count) = unsafe UTF8Scalars.scalar(bytes, at)
      let value = scalar.value
      length += 1
      let isStop = value == 0x2E || value == 0x21 || value == 0x3F
      if isStop && !endsSentence { sentences += 1 }
      endsSentence = isStop
      if PythonCharacters.isSpace(value) {
        whitespace += 1
        pending += leading ? 0 : 1
        if wordStart >= 0 {
          unsafe distinct?.add(UnsafeBufferPointer(rebasing: bytes[wordStart..<at]))
          wordStart = -1
        }
      } else {
        trimmed += pending + 1
        (leading, pending) = (false, 0)
        if wordStart < 0 {
          wordStart = at
          words += 1
        }
        add(scalar)
      }
      at += count
    }
    if wordStart >= 0 {
      unsafe distinct?.add(UnsafeBufferPointer(rebasing: bytes[wordStart...]))
    }
    uniqueWords = distinct?.count ?? 0
    if let first = unsafe bytes.first { startsUpper = (65...90).contains(first) }
    endsPunctuation = unsafe endsWithStop(bytes)
  }

  private mutating func add(_ scalar: Unicode.Scalar) {
    switch scalar.value {
    case 65...90: upper += 1
    case 97...122: lower += 1
    case 48...57: digits += 1
    default:
      punctuation += 1
      if scalar.value > 0x7F, scalar.properties.generalCategory == .decimalNumber { digits += 1 }
    }
  }

  /// Python's `.*[.!?]$` from the start: the first line ends so, or the text but for a last line end.
  private func endsWithStop(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
    guard let line = unsafe bytes.firstIndex(of: 10) else {
      return unsafe bytes.last.map { [33, 46, 63].contains($0) } ?? false
    }
    return unsafe line == bytes.count - 1 && line > 0 && [33, 46, 63].contains(bytes[line - 1])
  }

  /// One of the numbers; shares of nothing are 0.
  func value(_ stat: TextStat) -> Double {
    let characters = length - whitespace
    func share(_ part: Int, of whole: Int) -> Double { Double(part) / Double(max(1, whole)) }
    return switch stat {
    case .length: Double(length)
    case .characters: Double(characters)
    case .words: Double(words)
    case .sentences: Double(sentences)
    case .digits: Double(digits)
    case .letters: Double(upper + lower)
    case .upper: Double(upper)
    case .lower: Double(lower)
    case .punctuation: Double(punctuation)
    case .whitespace: Double(whitespace)
    case .uniqueWords: Double(uniqueWords)
    case .wordLength: share(trimmed, of: words)
    case .diversity: share(words, of: uniqueWords)
    case .whitespaceShare: share(whitespace, of: length)
    case .digitShare: share(digits, of: characters)
    case .upperShare: share(upper, of: characters)
    case .hasDigits: digits > 0 ? 1 : 0
    case .hasUpper: upper > 0 ? 1 : 0
    case .startsUpper: startsUpper ? 1 : 0
    case .endsPunctuation: endsPunctuation ? 1 : 0
    case .isEmpty: length == 0 ? 1 : 0
    }
  }
}

/// Counts the different words of a text, whatever their case.
final class DistinctWords {
  /// How many there are so far.
  private(set) var count = 0
  private let seen = FirstOccurrences()
  private var word: [UInt8] = []

  /// The words of another text follow.
  func startText() {
    count = 0
    seen.startText()
  }

  /// Adds a word.
  func add(_ bytes: UnsafeBufferPointer<UInt8>) {
    word.removeAll(keepingCapacity: true)
    unsafe PythonCharacters.lowercase(bytes, into: &word)
    if unsafe word.withUnsafeBufferPointer({ unsafe seen.isFirst($0) }) { count += 1 }
  }
}
