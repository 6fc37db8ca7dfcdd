/// From positions to records of a fixed number of fields.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How far `dlp_rows` has come in a block; all zero (but `start`, if it isn't 0) to begin.
typedef struct dlp_rows_state {
  /// The next position to read.
  size_t read;
  /// Records accepted; `positions[0 ..< records * columns]` are the ends of their fields.
  size_t records;
  /// Empty lines that were skipped (only with two or more columns).
  size_t blank;
  /// Where the next record starts.
  uint32_t start;
  /// Of the record that stopped it: where it starts.
  uint32_t ragged_start;
  /// Of the record that stopped it: how many fields it has.
  uint32_t ragged_fields;
  /// Of the record that stopped it: the index of its first position. Its last is `read - 1`.
  size_t ragged_first;
} dlp_rows_state;

/// Takes records of `columns` fields from `positions[state->read ..< count]` and writes where each
/// starts to `starts[state->records...]`; compacts `positions` so that field c of record r ends at
/// `positions[r * columns + c]` and starts after the end of the field before it (or at
/// `starts[r]`). The end of the last field is that of the record: one CR before an LF is no data.
///
/// Returns 0 when all is done, 1 at a record with another number of fields: `state` tells which,
/// and already stands after it, so calling again goes on without it.
///
/// `count` must end with a record end (`dlp_complete`). `record_ends` is how many record ends are
/// among the positions from `state->read` on, or 0 if not known: knowing it makes blocks without
/// irregularities quick. `starts` needs room for a record each `columns` positions.
int dlp_rows(const uint8_t *bytes, uint32_t *positions, size_t count, uint32_t columns,
             uint64_t record_ends, uint32_t *starts, dlp_rows_state *state);

#ifdef __cplusplus
}
#endif
