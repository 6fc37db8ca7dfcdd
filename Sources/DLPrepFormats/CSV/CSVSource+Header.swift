import DLPrepData

extension CSVSource {
  /// Reads up to the end of the header, or to the first record where there is none.
  func readHeader() throws(PrepError) {
    if options.header, options.columns != nil {
      throw PrepError(
        .value, "expected names for an input without a header, found 'header: true'",
        hint: "set input: header to false, or leave out columns")
    }
    let positions = Positions(capacity: 64)
    var wanted = options.readBytes()
    var known = 0
    while true {
      feed.fill(carry, upTo: wanted, pausingAfter: known)
      if try takeHeader(positions) { return }
      if feed.isAtEnd {
        if let failure = feed.failure { throw failure }
        if let stated = options.columns {
          try name(stated)
          return
        }
        throw PrepError(
          .empty, "expected a header, found an empty file", at: Place(file: name))
      }
      known = carry.count
      if known >= wanted { wanted = known * 2 }
    }
  }

  /// Looks for the header in what was read; false where it isn't complete yet.
  private func takeHeader(_ positions: Positions) throws(PrepError) -> Bool {
    guard let start = skipToRecord() else { return false }
    let (sniffed, isWhole) = sniffed(from: start)
    // Half a header may show another delimiter than the whole one.
    if options.delimiter == nil, !isWhole, !feed.isFinal, carry.count < 1 << 20 { return false }
    let delimiter = options.delimiter ?? sniffed
    let scan = RecordScan(
      carry, from: start, delimiter: delimiter, escape: options.escape, isFinal: feed.isFinal,
      positions)
    try check(start, scan, positions)
    guard scan.isComplete else { return false }
    if options.delimiter == nil, delimiter != UInt8(ascii: ",") {
      headNotes.append("the delimiter is \(Self.shown(delimiter)), as the header shows")
    }
    options.delimiter = delimiter
    if let stated = options.columns {
      try name(stated)
    } else if options.header {
      try nameByHeader(start, scan, positions)
    } else {
      columns = (1...scan.fields).map { "column_\($0)" }
    }
    if options.header { drop(scan.end) }
    return true
  }

  /// Where the first record starts, past empty lines and comments; nil where it isn't there yet.
  private func skipToRecord() -> Int? {
    // With one column stated, an empty line is a record.
    let keepsBlank = !options.header && options.columns?.count == 1
    var at = 0
    var blank = 0
    var isFound = false
    while at < carry.count, !isFound {
      let byte = unsafe carry.bytes[at]
      let isBlank = !keepsBlank && (byte == 10 || byte == 13)
      if isBlank || byte == options.comment {
        guard let end = lineEnd(carry, from: at) else { break }
        blank += isBlank ? 1 : 0
        at = end
      } else {
        isFound = true
      }
    }
    let skipped = blank
    tally.update { $0.blankLines += skipped }
    if at > 0 { drop(at) }
    return isFound ? 0 : nil
  }

  /// Forgets bytes at the start of what was read.
  private func drop(_ count: Int) {
    let read = carry
    feed.carry = RecordBuffer(capacity: max(read.count - count, options.readBytes()))
    feed.advance(read, count)
  }

  private var carry: RecordBuffer { feed.carry }

  /// Refuses a first record that no header or names can be.
  private func check(_ start: Int, _ scan: RecordScan, _ positions: Positions) throws(PrepError) {
    let length = scan.end - start
    let bad = unsafe BadByte.first(
      carry.bytes + start, length, hasHigh: scan.hasHigh, hasNul: scan.hasNul)
    var found: (at: Int, error: PrepError)?
    var undecided: Int?
    if let bad, !scan.isComplete, !feed.isFinal, bad.isUndecided(length) {
      undecided = start + bad.at
    } else if let bad {
      let error = unsafe bad.error(carry.bytes + start, offset: feed.offset + start)
      found = (start + bad.at, error)
    }
    if options.header, let at = scan.textAfterQuote, found.map({ at < $0.at }) ?? true {
      found = (
        at,
        PrepError(
          .quote, "expected a delimiter or the end of the header after a closing quote",
          hint: "a quote within a quoted field is written twice")
      )
    }
    if found == nil, scan.fields > options.columnLimit {
      let at = unsafe Int(positions.values[options.columnLimit - 1]) + 1
      found = (
        at, PrepError(.limit, "expected at most \(options.columnLimit) columns, found more")
      )
    }
    if found == nil, length > options.recordLimit {
      found = (
        start,
        PrepError(.limit, "expected a header of at most \(options.recordLimit) bytes, found more")
      )
    }
    if found == nil, !scan.isComplete, feed.isFinal {
      found = (
        scan.openQuote ?? start,
        PrepError(
          .quote, "expected a closing quote, found the end of the file",
          hint: "the quote that opens here is never closed")
      )
    }
    guard let at = found?.at, var error = found?.error else { return }
    if let undecided, at >= undecided { return }
    error.place = feed.place(carry, at)
    throw error
  }

  /// The most frequent delimiter of the first record outside quotes, in the order `,` `;` tab `|`,
  /// and whether the record's end was seen.
  private func sniffed(from start: Int) -> (delimiter: UInt8, isWhole: Bool) {
    let candidates = Array(",;\t|".utf8)
    var counts = [0, 0, 0, 0]
    var isWhole = false
    var isInside = false
    var opens = true
    var at = start
    while at < carry.count {
      let byte = unsafe carry.bytes[at]
      at += 1
      if isInside {
        if byte == Self.quote { isInside = false }
        continue
      }
      if byte == 10 || byte == 13 {
        isWhole = true
        break
      }
      if byte == Self.quote, opens {
        isInside = true
      } else if let index = candidates.firstIndex(of: byte) {
        counts[index] += 1
      }
      // A second quote right after a closing one goes on with the field.
      opens = candidates.contains(byte) || byte == Self.quote
    }
    var best = 0
    for i in 1..<4 where counts[i] > counts[best] { best = i }
    return (candidates[best], isWhole)
  }

  static func shown(_ delimiter: UInt8) -> String {
    delimiter == 9 ? "a tab" : "'\(UnicodeScalar(delimiter))'"
  }
}
