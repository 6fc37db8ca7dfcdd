/// The structural index: where the delimiters and record ends outside quotes are.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Bytes that must be readable after the `n` bytes that a function of this file is given. Their
/// values don't matter.
#define DLP_PADDING 64

/// The implementations of the index; all give the same answer.
typedef enum dlp_kind {
  /// 64-bit words only.
  dlp_kind_portable = 0,
  /// SSE4.2 and carry-less multiplication.
  dlp_kind_sse = 1,
  /// AVX2 and carry-less multiplication.
  dlp_kind_avx2 = 2,
  /// AVX-512 with VBMI2.
  dlp_kind_avx512 = 3,
  /// 64-bit ARM.
  dlp_kind_neon = 4,
} dlp_kind;

/// What one piece of an input tells the next. All zero is the start of a record.
///
/// The parity index and the exact one (`dlp_index_scalar`) use the same struct, but an input has
/// to be gone through with one of them from a record start on.
typedef struct dlp_scan_state {
  /// Added to every position that is written; each call adds the bytes it consumed.
  uint64_t offset;
  /// Where the quote opened that `inside` is about, with `offset` added. Exact index only.
  uint64_t opened;
  /// 1 within quotes.
  uint8_t inside;
  /// 1 where the last byte was no delimiter, line end or quote: a quote can't open here.
  uint8_t mid_field;
  /// 1 where the last byte was a closing quote.
  uint8_t closed;
  /// 1 where the last byte was an escape within quotes. Exact index only.
  uint8_t escaped;
  /// 1 where the last byte was a CR whose meaning hangs on the next byte: it has been written
  /// nowhere yet. The next call, or `dlp_index_end`, writes it unless an LF follows.
  uint8_t pending_cr;
} dlp_scan_state;

/// What `dlp_index_scalar` can find wrong.
typedef enum dlp_scan_error {
  /// Nothing.
  dlp_scan_ok = 0,
  /// Something other than a delimiter or line end after a closing quote.
  dlp_scan_text_after_quote = 1,
  /// The input ended within quotes.
  dlp_scan_unterminated_quote = 2,
} dlp_scan_error;

/// Facts about what was indexed; every call adds to them, so start with all zero.
typedef struct dlp_scan_info {
  /// Record ends among the positions.
  uint64_t record_ends;
  /// Physical line ends, also within quotes: LF, and CR not followed by LF.
  uint64_t line_ends;
  /// Bytes the last call went through: `n`, but for an exact index that stopped early.
  uint64_t consumed;
  /// The offset of the first error: the byte after the closing quote, or the quote that opened.
  uint64_t error_at;
  /// A `dlp_scan_error`. Exact index only.
  uint8_t error;
  /// 1 if quote parity can't be trusted here: index the block again with `dlp_index_scalar`.
  uint8_t bad_quote;
  /// 1 if there was a quote.
  uint8_t has_quote;
  /// 1 if there was a byte above 127.
  uint8_t has_high;
  /// 1 if there was a NUL.
  uint8_t has_nul;
} dlp_scan_info;

/// Writes the positions of all delimiters and record ends outside quotes; returns how many.
///
/// A record end is LF, or CR not followed by LF. For CRLF only the LF's position is written: who
/// takes the field trims one CR right before an LF. Quotes are told by parity, which is exact as
/// long as `bad_quote` stays 0: an opening quote stands after a delimiter, a line end, the start
/// or a closing quote (`""`); a closing quote stands before a delimiter, CR, LF, a quote or the
/// end. `quote` 0 means that there are none.
///
/// A CR that is the last byte is written by the next call, or by `dlp_index_end` (`pending_cr`).
/// A last record without a line end isn't ended here: append an LF to the buffer before indexing.
///
/// `positions` needs room for `n + 64` entries; `bytes` needs `DLP_PADDING` readable bytes after
/// `n`; `state->offset + n` must stay below 2^32.
size_t dlp_index(const uint8_t *bytes, size_t n, uint8_t delimiter, uint8_t quote,
                 dlp_scan_state *state, uint32_t *positions, dlp_scan_info *info);

/// `dlp_index` by a given implementation, for tests; the portable one where it isn't supported.
size_t dlp_index_with(dlp_kind kind, const uint8_t *bytes, size_t n, uint8_t delimiter,
                      uint8_t quote, dlp_scan_state *state, uint32_t *positions,
                      dlp_scan_info *info);

/// Whether this machine has an implementation.
int dlp_index_supported(dlp_kind kind);

/// The implementation that `dlp_index` uses on this machine.
dlp_kind dlp_index_best(void);

/// Ends an input: writes a pending CR as a record end (0 or 1 positions, returned), and notes an
/// `dlp_scan_unterminated_quote` with `state->opened` in `info` if it ends within quotes. The
/// parity index doesn't know where: index the last record with `dlp_index_scalar` to learn it.
size_t dlp_index_end(dlp_scan_state *state, uint32_t *positions, dlp_scan_info *info);

/// The exact index, byte by byte, for what parity can't tell; same positions where it can.
///
/// A quote opens only at the very start of a field, elsewhere in an unquoted field it is data;
/// within quotes `""` is one quote, and `escape` (0: none) takes the next byte's meaning away.
/// After a closing quote only a delimiter or line end may follow: if not, the first such place is
/// noted in `info` and the rest of the field is taken as unquoted text. `delimiter`, `quote`,
/// `bytes` and `positions` are as for `dlp_index`, except that no padding is needed.
///
/// Stops after `max_records` record ends (then `info->consumed` < n), so that a caller that
/// rejects records can learn of each one's error on its own.
size_t dlp_index_scalar(const uint8_t *bytes, size_t n, uint8_t delimiter, uint8_t quote,
                        uint8_t escape, size_t max_records, dlp_scan_state *state,
                        uint32_t *positions, dlp_scan_info *info);

/// How many of `positions` belong to complete records: up to the last record end.
static inline size_t dlp_complete(const uint8_t *bytes, const uint32_t *positions, size_t count) {
  while (count > 0) {
    uint8_t byte = bytes[positions[count - 1]];
    if (byte == '\n' || byte == '\r') break;
    count--;
  }
  return count;
}

#ifdef __cplusplus
}
#endif
