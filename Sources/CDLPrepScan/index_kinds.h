// What the implementations of the index share.
#pragma once

#include "include/dlp_index.h"

typedef size_t (*dlp_index_function)(const uint8_t *bytes, size_t n, uint8_t delimiter,
                                     uint8_t quote, dlp_scan_state *state, uint32_t *positions,
                                     dlp_scan_info *info);

// One bit for each of 64 bytes.
typedef struct dlp_masks {
  uint64_t delimiter, quote, lf, cr, nul, high;
} dlp_masks;

size_t dlp_index_portable(const uint8_t *, size_t, uint8_t, uint8_t, dlp_scan_state *, uint32_t *,
                          dlp_scan_info *);
#if defined(__x86_64__)
size_t dlp_index_sse(const uint8_t *, size_t, uint8_t, uint8_t, dlp_scan_state *, uint32_t *,
                     dlp_scan_info *);
size_t dlp_index_avx2(const uint8_t *, size_t, uint8_t, uint8_t, dlp_scan_state *, uint32_t *,
                      dlp_scan_info *);
size_t dlp_index_avx512(const uint8_t *, size_t, uint8_t, uint8_t, dlp_scan_state *, uint32_t *,
                        dlp_scan_info *);
#endif
#if defined(__aarch64__)
size_t dlp_index_neon(const uint8_t *, size_t, uint8_t, uint8_t, dlp_scan_state *, uint32_t *,
                      dlp_scan_info *);
#endif

// Bit i is the parity of bits 0...i: where quotes are, the bytes within them.
static inline uint64_t dlp_prefix_xor_shifts(uint64_t x) {
  x ^= x << 1;
  x ^= x << 2;
  x ^= x << 4;
  x ^= x << 8;
  x ^= x << 16;
  x ^= x << 32;
  return x;
}

// Writes base + i for every set bit i, eight at a time: entries beyond the count are garbage that
// the next write covers, which is why `positions` needs 64 entries more.
static inline uint32_t *dlp_write_bits(uint64_t bits, uint32_t base, uint32_t *out) {
  int count = __builtin_popcountll(bits);
  for (int done = 0; done < count; done += 8) {
    for (int i = 0; i < 8; i++) {
      out[done + i] = base + (uint32_t)__builtin_ctzll(bits | (1ULL << 63));
      bits &= bits - 1;
    }
  }
  return out + count;
}
