import CDLPrepScan
import DLPrepData

/// One record, gone through byte by byte: for what the quick index can't tell.
struct RecordScan {
  /// Where the next record starts.
  var end: Int
  /// How many fields it has; their ends stand in the positions.
  var fields: Int
  /// Whether it has its line end.
  var isComplete: Bool
  /// Text right after a closing quote.
  var textAfterQuote: Int?
  /// The quote that is still open at the end of the bytes.
  var openQuote: Int?
  var hasHigh: Bool
  var hasNul: Bool

  /// Scans the record at `start`; the ends of its fields are written to `positions`.
  init(
    _ buffer: RecordBuffer, from start: Int, delimiter: UInt8, escape: UInt8?, isFinal: Bool,
    _ positions: Positions
  ) {
    positions.reserve(buffer.count - start + 64)
    var state = dlp_scan_state()
    var info = dlp_scan_info()
    state.offset = UInt64(start)
    var count = unsafe dlp_index_scalar(
      buffer.bytes + start, buffer.count - start, delimiter, CSVSource.quote, escape ?? 0, 1,
      &state, positions.values, &info)
    if info.record_ends == 0, isFinal {
      count += unsafe dlp_index_end(&state, positions.values + count, &info)
    }
    end = start + Int(info.consumed)
    fields = count
    isComplete = info.record_ends > 0
    textAfterQuote =
      info.error == UInt8(dlp_scan_text_after_quote.rawValue) ? Int(info.error_at) : nil
    openQuote = state.inside != 0 ? Int(state.opened) : nil
    hasHigh = info.has_high != 0
    hasNul = info.has_nul != 0
  }
}

/// What is wrong with a record, at the byte where it shows.
struct RecordProblem {
  var at: Int
  /// The byte that a message names, where that is another one: where a long field starts.
  var shown: Int?
  var error: PrepError
  /// Whether no policy can go on after it.
  var isFatal = false
}
