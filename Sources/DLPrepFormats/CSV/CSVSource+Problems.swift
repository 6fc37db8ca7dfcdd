import DLPrepData

extension CSVSource {
  /// The first thing wrong with a record, without its place; nil where all is right.
  ///
  /// Of several it is the one that stands first, and an open quote only where nothing else is
  /// wrong: so it doesn't depend on how much of a broken record was read.
  func problem(
    _ buffer: RecordBuffer, _ start: Int, _ scan: RecordScan, _ positions: Positions
  )
    -> RecordProblem?
  {
    var found: RecordProblem?
    func consider(_ other: RecordProblem) {
      if found.map({ other.at < $0.at }) ?? true { found = other }
    }
    let length = scan.end - start
    let bad = unsafe BadByte.first(
      buffer.bytes + start, length, hasHigh: scan.hasHigh, hasNul: scan.hasNul)
    // What stands at the end of what was read, or a scalar cut there, isn't known yet; but it may
    // be wrong, and then it comes before the rest.
    var undecided = scan.isComplete || feed.isFinal ? nil : scan.end
    if let bad, !scan.isComplete, !feed.isFinal, bad.isUndecided(length) {
      undecided = start + bad.at
    } else if let bad {
      let error = unsafe bad.error(buffer.bytes + start, offset: feed.offset + start)
      consider(RecordProblem(at: start + bad.at, error: error))
    }
    if let at = scan.textAfterQuote {
      let error = PrepError(
        .quote, "expected a delimiter or the end of the record after a closing quote",
        hint: "a quote within a quoted field is written twice")
      consider(RecordProblem(at: at, error: error))
    }
    if let ragged = raggedness(start, scan, positions) { consider(ragged) }
    if let limit = limit(start, scan, positions) {
      // A limit ends every run, also where other faults don't.
      if options.badRows != .error { return limit }
      consider(limit)
    }
    if found == nil, !scan.isComplete, feed.isFinal {
      let error = PrepError(
        .quote, "expected a closing quote, found the end of the file",
        hint: "the quote that opens here is never closed")
      found = RecordProblem(at: scan.openQuote ?? start, error: error, isFatal: true)
    }
    if scan.openQuote != nil, !scan.isComplete, feed.isFinal { found?.isFatal = true }
    if let undecided, let problem = found, problem.at >= undecided { return nil }
    return found
  }

  private func raggedness(
    _ start: Int, _ scan: RecordScan, _ positions: Positions
  )
    -> RecordProblem?
  {
    let wanted = columns.count
    let fields = wanted == 1 ? "1 field" : "\(wanted) fields"
    if scan.isComplete, scan.fields < wanted {
      let at = unsafe Int(positions.values[scan.fields - 1])
      return RecordProblem(
        at: at,
        error: PrepError(
          .ragged, "expected \(fields), found \(scan.fields)",
          hint: "--on-bad-row reject leaves such rows out, keep pads them"))
    }
    guard scan.fields > wanted || (!scan.isComplete && scan.fields == wanted) else { return nil }
    let at = unsafe Int(positions.values[wanted - 1]) + 1
    return RecordProblem(
      at: at,
      error: PrepError(
        .ragged, "expected \(fields), found \(wanted + 1) or more",
        hint: "a field that holds the delimiter needs quotes"))
  }

  /// A field or record beyond its limit; it shows at the byte that is one too many.
  func limit(_ start: Int, _ scan: RecordScan, _ positions: Positions) -> RecordProblem? {
    let length = scan.end - start
    if length > options.fieldLimit, let field = longField(start, scan, positions) {
      let end = field + options.fieldLimit + 2
      return RecordProblem(at: end, shown: field, error: fieldTooLong, isFatal: true)
    }
    guard length > options.recordLimit else { return nil }
    let end = start + options.recordLimit
    return RecordProblem(at: end, shown: start, error: recordTooLong, isFatal: true)
  }

  /// Where the first field beyond the limit starts.
  ///
  /// One byte more is granted to a field that may end in the CR of a line end, and another one while
  /// it isn't known whether it does: what is too long stays so when more is read.
  private func longField(_ start: Int, _ scan: RecordScan, _ positions: Positions) -> Int? {
    var from = start
    for i in 0..<scan.fields {
      let end = unsafe Int(positions.values[i])
      let grace = scan.isComplete && i == scan.fields - 1 ? 1 : 0
      if end - from > options.fieldLimit + grace { return from }
      from = end + 1
    }
    return !scan.isComplete && scan.end - from > options.fieldLimit + 2 ? from : nil
  }

  private var fieldTooLong: PrepError {
    PrepError(
      .limit, "expected a field of at most \(options.fieldLimit) bytes, found a longer one",
      hint: "a quote that is never closed makes the rest of a file one field")
  }

  private var recordTooLong: PrepError {
    PrepError(
      .limit, "expected a record of at most \(options.recordLimit) bytes, found a longer one")
  }
}
