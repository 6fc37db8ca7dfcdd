// Cutting positions into records.
#include <string.h>

#include "include/dlp_rows.h"

static inline int ends_record(const uint8_t *bytes, uint32_t position) {
  return bytes[position] == '\n' || bytes[position] == '\r';
}

// If there are as many record ends as records, and every stride-th position is one, then no other
// position is: the whole block is rectangular, and not one inner field was looked at.
static int rectangular(const uint8_t *bytes, const uint32_t *positions, size_t count,
                       uint32_t columns, uint64_t record_ends, uint32_t *starts,
                       dlp_rows_state *s) {
  const size_t left = count - s->read;
  if (record_ends == 0 || left % columns != 0 || left / columns != record_ends) return 0;
  if (s->read != s->records * columns) return 0;
  const size_t rows = left / columns;
  uint32_t start = s->start;
  const uint32_t *end = positions + s->read + columns - 1;
  for (size_t r = 0; r < rows; r++, end += columns) {
    if (!ends_record(bytes, *end)) return 0;
    // One column: an empty line is a record. More: it would have broken the stride.
    starts[s->records + r] = start;
    start = *end + 1;
  }
  s->records += rows;
  s->read = count;
  s->start = start;
  return 1;
}

int dlp_rows(const uint8_t *bytes, uint32_t *positions, size_t count, uint32_t columns,
             uint64_t record_ends, uint32_t *starts, dlp_rows_state *state) {
  dlp_rows_state s = *state;
  if (columns == 0) return 0;
  if (s.read < count && rectangular(bytes, positions, count, columns, record_ends, starts, &s)) {
    *state = s;
    return 0;
  }
  while (s.read < count) {
    size_t last = s.read;
    while (last < count && !ends_record(bytes, positions[last])) last++;
    if (last == count) break;
    const size_t fields = last - s.read + 1;
    const uint32_t end = positions[last];
    const uint32_t start = s.start;
    s.start = end + 1;
    if (columns >= 2 && fields == 1 &&
        (end == start || (end == start + 1 && bytes[start] == '\r' && bytes[end] == '\n'))) {
      s.blank++;
      s.read = last + 1;
      continue;
    }
    if (fields != columns) {
      s.ragged_start = start;
      s.ragged_fields = fields > UINT32_MAX ? UINT32_MAX : (uint32_t)fields;
      s.ragged_first = s.read;
      s.read = last + 1;
      *state = s;
      return 1;
    }
    const size_t kept = s.records * columns;
    if (kept != s.read) memmove(positions + kept, positions + s.read, fields * sizeof *positions);
    starts[s.records++] = start;
    s.read = last + 1;
  }
  *state = s;
  return 0;
}
