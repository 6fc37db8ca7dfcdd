import CDLPrepScan
public import DLPrepData

extension CSVSource {
  /// Fills a buffer with the next records; false at the end.
  ///
  /// What goes wrong comes after the records before it: they are handed out first, and the next
  /// call throws. So the error that is met first doesn't depend on the size of the blocks.
  public func read(into block: any RecordBlock) throws(PrepError) -> Bool {
    guard let records = block as? CSVRecords else {
      throw PrepError(.internal, "expected a buffer of this source, found another one's")
    }
    if let pending { throw feed.explained(pending) }
    records.begin(record: record, line: feed.line, offset: feed.offset, columns: columns.count)
    swap(&records.buffer, &feed.carry)
    let buffer = records.buffer
    var wanted = max(options.readBytes(columns: columns.count), buffer.count)
    var taken = 0
    var known = 0
    while true {
      feed.fill(buffer, upTo: wanted, pausingAfter: handsOver ? known : nil)
      taken = takeQuickly(records) ?? takeExactly(records)
      if taken > 0 || feed.isAtEnd || pending != nil { break }
      known = buffer.count
      if known >= wanted { wanted = known * 2 }
    }
    advance(records, taken)
    if taken == 0 {
      pending = pending ?? feed.failure
      if let pending { throw feed.explained(pending) }
      return false
    }
    return true
  }

  /// Keeps what is left of a buffer for the next one.
  private func advance(_ records: CSVRecords, _ taken: Int) {
    feed.advance(records.buffer, taken)
    record += records.count + records.readRejects.count
    let bytes = feed.bytesTaken
    let (all, refused, blank) = (record, records.readRejects.count, records.blankLines)
    let repaired = records.repaired
    tally.update {
      $0.padded += repaired.padded
      $0.cut += repaired.cut
      $0.unread += repaired.unread
      $0.records = all
      $0.rejected += refused
      $0.blankLines += blank
      $0.bytes = bytes
    }
    if lineEnds.nonzeroBitCount < 3 { lineEnds |= records.lineEndKinds() }
  }

  /// The usual case: one pass of the index over the block, nothing out of the ordinary; nil where
  /// there is something, also where no record is complete.
  private func takeQuickly(_ records: CSVRecords) -> Int? {
    let buffer = records.buffer
    guard options.escape == nil, buffer.count > 0 else { return nil }
    let bytes = unsafe buffer.bytes
    records.positions.reserve(buffer.count + 64)
    let positions = unsafe records.positions.values
    var state = dlp_scan_state()
    var info = dlp_scan_info()
    var count = unsafe dlp_index(
      bytes, buffer.count, options.delimiter ?? 44, Self.quote, &state, positions, &info)
    if feed.isFinal { count += unsafe dlp_index_end(&state, positions + count, &info) }
    guard info.bad_quote == 0, !(feed.isFinal && state.inside != 0) else { return nil }
    let complete = unsafe dlp_complete(bytes, positions, count)
    guard complete > 0 else { return nil }
    let end = unsafe Int(positions[complete - 1]) + 1
    guard end <= options.fieldLimit else { return nil }
    let bad = unsafe BadByte.first(
      bytes, end, hasHigh: info.has_high != 0, hasNul: info.has_nul != 0)
    guard bad == nil else { return nil }
    records.starts.reserve(complete / columns.count + 64)
    var rows = dlp_rows_state()
    let ragged = unsafe dlp_rows(
      bytes, positions, complete, UInt32(columns.count), info.record_ends, records.starts.values,
      &rows)
    guard ragged == 0 else { return nil }
    if let comment = options.comment {
      for i in 0..<rows.records where unsafe bytes[Int(records.starts.values[i])] == comment {
        return nil
      }
    }
    records.isSpanned = false
    records.numbers = nil
    records.count = rows.records
    records.blankLines = rows.blank
    records.hasQuotes = info.has_quote != 0
    return end
  }
}
