import CDLPrepScan

/// What an index says of a text, for comparison.
struct Indexed: Equatable {
  var positions: [UInt32] = []
  var recordEnds: UInt64 = 0
  var lineEnds: UInt64 = 0
  var facts: [UInt8] = []
  var error: UInt8 = 0
  var errorAt: UInt64 = 0
  var badQuote = false

  /// Indexes pieces one after the other, each in memory of its own with misleading padding.
  init(
    _ pieces: [ArraySlice<UInt8>],
    kind: dlp_kind?,
    quote: UInt8 = 0x22,
    escape: UInt8 = 0
  ) {
    var state = dlp_scan_state()
    var info = dlp_scan_info()
    for piece in pieces {
      let padded = Array(piece) + Array(repeating: 0x22, count: Int(DLP_PADDING))
      var out = [UInt32](repeating: 0, count: piece.count + 65)
      let count =
        if let kind {
          unsafe dlp_index_with(kind, padded, piece.count, 0x2C, quote, &state, &out, &info)
        } else {
          unsafe dlp_index_scalar(
            padded,
            piece.count,
            0x2C,
            quote,
            escape,
            .max,
            &state,
            &out,
            &info
          )
        }
      positions += out[..<count]
    }
    var last: [UInt32] = [0]
    if unsafe dlp_index_end(&state, &last, &info) == 1 { positions += last }
    recordEnds = info.record_ends
    lineEnds = info.line_ends
    facts = [info.has_quote, info.has_high, info.has_nul]
    error = info.error
    errorAt = info.error_at
    badQuote = info.bad_quote != 0
  }

  init(_ text: String, kind: dlp_kind?, quote: UInt8 = 0x22, escape: UInt8 = 0) {
    let bytes = Array(text.utf8)
    self.init([bytes[...]], kind: kind, quote: quote, escape: escape)
  }

  /// The implementations that this machine has.
  static var kinds: [dlp_kind] {
    [dlp_kind_portable, dlp_kind_sse, dlp_kind_avx2, dlp_kind_avx512, dlp_kind_neon]
      .filter { dlp_index_supported($0) != 0 }
  }
}
