// The exact index: one state machine, byte by byte.
#include "include/dlp_index.h"

size_t dlp_index_scalar(const uint8_t *bytes, size_t n, uint8_t delimiter, uint8_t quote,
                        uint8_t escape, size_t max_records, dlp_scan_state *state,
                        uint32_t *positions, dlp_scan_info *info) {
  uint32_t *out = positions;
  const uint64_t base = state->offset;
  dlp_scan_state s = *state;
  size_t records = 0;
  size_t i = 0;
  info->consumed = 0;

  if (s.pending_cr && n > 0 && max_records > 0) {
    s.pending_cr = 0;
    if (bytes[0] != '\n') {
      info->line_ends++;
      if (!s.inside) {
        *out++ = (uint32_t)(base - 1);
        records++;
      }
    }
  }
  for (; i < n && records < max_records; i++) {
    const uint8_t byte = bytes[i];
    info->has_high |= byte >= 0x80;
    info->has_nul |= byte == 0;
    const int is_quote = byte == quote && quote != 0;
    info->has_quote |= is_quote;
    int line_end = byte == '\n';
    if (byte == '\r') {
      if (i + 1 == n) {
        s.pending_cr = 1;
      } else {
        line_end = bytes[i + 1] != '\n';
      }
    }
    info->line_ends += (uint64_t)line_end;

    if (s.inside) {
      if (s.escaped) {
        s.escaped = 0;
      } else if (is_quote) {
        s.inside = 0;
        s.closed = 1;
        s.mid_field = 0;
      } else if (byte == escape && escape != 0) {
        s.escaped = 1;
      }
      continue;
    }
    if (byte == delimiter || byte == '\n' || byte == '\r') {
      s.closed = 0;
      s.mid_field = 0;
      if (byte == delimiter || line_end) *out++ = (uint32_t)(base + i);
      if (line_end) records++;
    } else if (s.closed) {
      s.closed = 0;
      if (is_quote) {
        s.inside = 1;
      } else {
        if (info->error == dlp_scan_ok) {
          info->error = dlp_scan_text_after_quote;
          info->error_at = base + i;
        }
        s.mid_field = 1;
      }
    } else if (is_quote && !s.mid_field) {
      s.inside = 1;
      s.opened = base + i;
    } else {
      s.mid_field = 1;
    }
  }
  info->record_ends += records;
  info->consumed = i;
  s.offset = base + i;
  *state = s;
  return (size_t)(out - positions);
}
