import DLPrepData

extension CSVSource {
  /// Goes record by record, where the quick index can't tell or mustn't pass over something.
  ///
  /// Gives how many bytes were used up; what ends the run is left in `pending`.
  func takeExactly(_ records: CSVRecords) -> Int {
    records.beginSpans()
    let buffer = records.buffer
    var at = 0
    while at < buffer.count {
      if let comment = options.comment, unsafe buffer.bytes[at] == comment {
        guard let end = lineEnd(buffer, from: at) else { break }
        at = end
        continue
      }
      let scan = RecordScan(
        buffer, from: at, delimiter: options.delimiter ?? 44, escape: options.escape,
        isFinal: feed.isFinal, records.positions)
      if scan.isComplete, isBlank(buffer, at, scan, records.positions) {
        records.blankLines += 1
        at = scan.end
        continue
      }
      // What isn't complete is looked at again when there is more of it; but where a record is
      // broken beyond repair, there is no point in reading on.
      if !scan.isComplete, !feed.isFinal, at > 0 { break }
      let found =
        scan.isComplete || feed.isFinal || options.badRows == .error
        ? problem(buffer, at, scan, records.positions) : limit(at, scan, records.positions)
      if let found {
        guard take(found, records, at, scan) else { return at }
      } else if scan.isComplete {
        records.appendSpans(at, scan, trim: options.trim)
      } else {
        break
      }
      at = scan.end
    }
    return at
  }

  /// Applies the policy to a bad record; false where the run ends with it.
  private func take(
    _ problem: RecordProblem, _ records: CSVRecords, _ start: Int, _ scan: RecordScan
  ) -> Bool {
    let buffer = records.buffer
    var error = problem.error
    error.place = feed.place(buffer, problem.shown ?? problem.at)
    let action = problem.isFatal || !scan.isComplete ? .error : options.badRows
    switch action {
    case .error:
      error.record = record + records.count + records.readRejects.count
      pending = error
      return false
    case .reject:
      records.refuse(start, scan, error)
    case .keep:
      records.appendSpans(start, scan, trim: options.trim, repair: true)
    }
    return true
  }

  /// An empty line is no record where there are two columns or more.
  private func isBlank(
    _ buffer: RecordBuffer, _ start: Int, _ scan: RecordScan, _ positions: Positions
  ) -> Bool {
    guard columns.count > 1, scan.fields == 1 else { return false }
    let end = unsafe Int(positions.values[0])
    return unsafe end == start || (end == start + 1 && buffer.bytes[start] == 13)
  }

  /// Where the line after this one starts; nil where its end isn't there yet.
  func lineEnd(_ buffer: RecordBuffer, from start: Int) -> Int? {
    var at = start
    while at < buffer.count {
      let byte = unsafe buffer.bytes[at]
      if byte == 10 { return at + 1 }
      if byte == 13 {
        if at + 1 < buffer.count { return unsafe buffer.bytes[at + 1] == 10 ? at + 2 : at + 1 }
        return feed.isFinal ? at + 1 : nil
      }
      at += 1
    }
    return nil
  }
}
