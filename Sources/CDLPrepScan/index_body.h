// The index itself, included once for each implementation, which defines
//   DLP_FUNCTION, DLP_TARGET, DLP_NEEDLES (type), DLP_MAKE_NEEDLES(delimiter, quote),
//   DLP_MASKS(pointer, needles, masks), DLP_PREFIX_XOR(mask), DLP_WRITE_BITS(mask, base, out).

DLP_TARGET size_t DLP_FUNCTION(const uint8_t *bytes, size_t n, uint8_t delimiter, uint8_t quote,
                               dlp_scan_state *state, uint32_t *positions, dlp_scan_info *info) {
  info->consumed = n;
  if (n == 0) return 0;
  uint32_t *out = positions;
  const uint32_t base = (uint32_t)state->offset;
  uint64_t records = 0, lines = 0;
  if (state->pending_cr) {
    state->pending_cr = 0;
    if (bytes[0] != '\n') {
      lines++;
      if (!state->inside) {
        *out++ = base - 1;
        records++;
      }
    }
  }

  const DLP_NEEDLES needles = DLP_MAKE_NEEDLES(delimiter, quote);
  const uint64_t quoting = quote == 0 ? 0 : ~0ULL;
  uint64_t carry_inside = state->inside ? ~0ULL : 0;
  uint64_t carry_before = state->mid_field ? 0 : 1;
  uint64_t carry_closed = state->closed;
  uint64_t bad = 0, high = 0, nul = 0, quotes = 0;
  dlp_masks m;

  // All blocks but the last: the byte after the block exists, so a CR's meaning is known.
  size_t at = 0;
  for (; at + 64 < n; at += 64) {
    DLP_MASKS(bytes + at, needles, m);
    const uint64_t q = m.quote & quoting;
    const uint64_t next_lf = (uint64_t)(bytes[at + 64] == '\n') << 63;
    const uint64_t line_ends = m.lf | (m.cr & ~((m.lf >> 1) | next_lf));
    const uint64_t inside = DLP_PREFIX_XOR(q) ^ carry_inside;
    const uint64_t separators = m.delimiter | m.lf | m.cr | q;
    const uint64_t closes = q & ~inside;
    bad |= q & inside & ~((separators << 1) | carry_before);
    bad |= ((closes << 1) | carry_closed) & ~separators;
    carry_inside = (uint64_t)((int64_t)inside >> 63);
    carry_before = separators >> 63;
    carry_closed = closes >> 63;
    quotes |= q;
    high |= m.high;
    nul |= m.nul;
    lines += (uint64_t)__builtin_popcountll(line_ends);
    records += (uint64_t)__builtin_popcountll(line_ends & ~inside);
    out = DLP_WRITE_BITS((m.delimiter | line_ends) & ~inside, base + (uint32_t)at, out);
  }

  // The last 1 to 64 bytes: what lies after them doesn't count, and a CR at the very end waits.
  {
    const unsigned rest = (unsigned)(n - at);
    const uint64_t valid = ~0ULL >> (64 - rest);
    const uint64_t last = 1ULL << (rest - 1);
    DLP_MASKS(bytes + at, needles, m);
    const uint64_t q = m.quote & quoting & valid;
    const uint64_t lf = m.lf & valid, cr = m.cr & valid;
    state->pending_cr = (cr & last) != 0;
    const uint64_t line_ends = lf | (cr & ~(lf >> 1) & ~last);
    const uint64_t inside = DLP_PREFIX_XOR(q) ^ carry_inside;
    const uint64_t separators = (m.delimiter | lf | cr | q) & valid;
    const uint64_t closes = q & ~inside;
    bad |= q & inside & ~((separators << 1) | carry_before);
    bad |= ((closes << 1) | carry_closed) & ~separators & valid;
    quotes |= q;
    high |= m.high & valid;
    nul |= m.nul & valid;
    lines += (uint64_t)__builtin_popcountll(line_ends);
    records += (uint64_t)__builtin_popcountll(line_ends & ~inside);
    out = DLP_WRITE_BITS(((m.delimiter & valid) | line_ends) & ~inside, base + (uint32_t)at, out);
    state->inside = (inside & last) != 0;
    state->mid_field = (separators & last) == 0;
    state->closed = (closes & last) != 0;
  }
  state->offset += n;
  info->record_ends += records;
  info->line_ends += lines;
  info->bad_quote |= bad != 0;
  info->has_quote |= quotes != 0;
  info->has_high |= high != 0;
  info->has_nul |= nul != 0;
  return (size_t)(out - positions);
}

#undef DLP_FUNCTION
#undef DLP_TARGET
#undef DLP_NEEDLES
#undef DLP_MAKE_NEEDLES
#undef DLP_MASKS
#undef DLP_PREFIX_XOR
#undef DLP_WRITE_BITS
