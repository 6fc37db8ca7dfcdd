package import DLPrepData

/// Takes texts apart into terms, one after the other, on memory of its own.
package final class TermReader {
  /// The terms of the last text, in scikit-learn's order, repeated as often as they occur.
  package private(set) var terms = ByteStrings()
  private let tokenizer: Tokenizer
  private let separator: [UInt8]
  private var text: [UInt8] = []
  /// Where the words, or the characters, stand in the text.
  private var units: [Range<Int>] = []
  private let seen = FirstOccurrences()

  /// A reader for one worker.
  package init(_ tokenizer: Tokenizer) {
    self.tokenizer = tokenizer
    separator =
      if case .parts(let separator) = tokenizer.unit { Array(separator.utf8) } else { [] }
  }

  /// Reads a text; its terms are `terms` until the next one.
  package func read(_ bytes: Span<UInt8>) {
    terms.removeAll()
    text.removeAll(keepingCapacity: true)
    unsafe bytes.withUnsafeBufferPointer { bytes in
      if tokenizer.lowercases {
        unsafe PythonCharacters.lowercase(bytes, into: &text)
      } else {
        unsafe text.append(contentsOf: bytes)
      }
    }
    switch tokenizer.unit {
    case .words: readWords()
    case .characters:
      squeeze()
      findCharacters(0..<text.count)
      addRuns(of: tokenizer.lengths)
    case .charactersOfWords: readWordCharacters()
    case .parts: readParts()
    }
  }

  private func readWords() {
    units.removeAll(keepingCapacity: true)
    var start = 0
    var characters = 0
    func end(_ at: Int) {
      if characters > 1, !isStopWord(start..<at) { units.append(start..<at) }
      characters = 0
    }
    unsafe text.withUnsafeBufferPointer { text in
      var at = 0
      while at < text.count {
        let (scalar, length) = unsafe UTF8Scalars.scalar(text, at)
        if PythonCharacters.isWord(scalar) {
          if characters == 0 { start = at }
          characters += 1
        } else if characters > 0 {
          end(at)
        }
        at += length
      }
      end(at)
    }
    for length in tokenizer.lengths where length <= units.count {
      for first in 0...(units.count - length) {
        for i in first..<first + length {
          if i > first { terms.bytes.append(32) }
          terms.bytes.append(contentsOf: text[units[i]])
        }
        terms.ends.append(terms.bytes.count)
      }
    }
  }

  private func isStopWord(_ range: Range<Int>) -> Bool {
    !tokenizer.stopWords.isEmpty && tokenizer.stopWords.contains(Array(text[range]))
  }

  /// Runs of two or more white-space characters become one space, as scikit-learn has it.
  private func squeeze() {
    var out: [UInt8] = []
    out.reserveCapacity(text.count)
    unsafe text.withUnsafeBufferPointer { text in
      var at = 0
      while at < text.count {
        var end = at
        var spaces = 0
        while end < text.count {
          let (scalar, length) = unsafe UTF8Scalars.scalar(text, end)
          guard PythonCharacters.isSpace(scalar.value) else { break }
          end += length
          spaces += 1
        }
        if spaces > 1 {
          out.append(32)
        } else {
          if spaces == 0 { unsafe end += UTF8Scalars.scalar(text, at).length }
          unsafe out.append(contentsOf: text[at..<end])
        }
        at = end
      }
    }
    text = out
  }

  private func findCharacters(_ range: Range<Int>) {
    units.removeAll(keepingCapacity: true)
    unsafe text.withUnsafeBufferPointer { text in
      var at = range.lowerBound
      while at < range.upperBound {
        let length = unsafe UTF8Scalars.scalar(text, at).length
        units.append(at..<at + length)
        at += length
      }
    }
  }

  /// Adds every run of so many characters, shorter runs first.
  private func addRuns(of lengths: ClosedRange<Int>) {
    for length in lengths where length <= units.count {
      for first in 0...(units.count - length) {
        terms.append(text[units[first].lowerBound..<units[first + length - 1].upperBound])
      }
    }
  }

  private func readWordCharacters() {
    let source = text
    text.removeAll(keepingCapacity: true)
    var words: [Range<Int>] = []
    unsafe source.withUnsafeBufferPointer { source in
      var at = 0
      var start = -1
      while at <= source.count {
        let (scalar, length) =
          unsafe at < source.count ? UTF8Scalars.scalar(source, at) : (" ", 1)
        if !PythonCharacters.isSpace(scalar.value) {
          if start < 0 { start = at }
        } else if start >= 0 {
          let from = text.count
          text.append(32)
          unsafe text.append(contentsOf: source[start..<at])
          text.append(32)
          words.append(from..<text.count)
          start = -1
        }
        at += length
      }
    }
    for word in words {
      findCharacters(word)
      for length in tokenizer.lengths {
        // A word that is no longer than a term is taken once, whole.
        if length >= units.count {
          terms.append(text[word])
          break
        }
        addRuns(of: length...length)
      }
    }
  }

  private func readParts() {
    seen.startText()
    unsafe text.withUnsafeBufferPointer { text in
      var start = 0
      var at = 0
      func end() {
        let part = unsafe text[start..<at]
        if unsafe !part.isEmpty && seen.isFirst(UnsafeBufferPointer(rebasing: part)) {
          unsafe terms.append(part)
        }
      }
      while at < text.count {
        if unsafe text[at] == separator.first, unsafe text[at...].starts(with: separator) {
          end()
          at += separator.count
          start = at
        } else {
          at += 1
        }
      }
      end()
    }
  }
}
