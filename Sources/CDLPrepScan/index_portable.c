// The index on 64-bit words, for machines without a vector implementation.
#include <string.h>

#include "index_kinds.h"

typedef struct words {
  uint64_t delimiter, quote;
} words;

static inline words make_needles(uint8_t delimiter, uint8_t quote) {
  const uint64_t ones = 0x0101010101010101ULL;
  return (words){ones * delimiter, ones * quote};
}

static inline uint64_t load(const uint8_t *p) {
  uint64_t word;
  memcpy(&word, p, 8);
#if __BYTE_ORDER__ == __ORDER_BIG_ENDIAN__
  word = __builtin_bswap64(word);
#endif
  return word;
}

// The top bits of the eight bytes as eight bits.
static inline uint64_t gather(uint64_t tops) { return ((tops >> 7) * 0x0102040810204080ULL) >> 56; }

// Exact, unlike the usual test for a zero byte: no carry leaves a byte.
static inline uint64_t equal(uint64_t word, uint64_t needle) {
  const uint64_t low = 0x7F7F7F7F7F7F7F7FULL;
  const uint64_t x = word ^ needle;
  return gather(~(((x & low) + low) | x) & ~low);
}

static inline dlp_masks masks(const uint8_t *p, words needles) {
  dlp_masks m = {0, 0, 0, 0, 0, 0};
  for (unsigned i = 0; i < 8; i++) {
    const uint64_t word = load(p + 8 * i);
    const unsigned shift = 8 * i;
    m.delimiter |= equal(word, needles.delimiter) << shift;
    m.quote |= equal(word, needles.quote) << shift;
    m.lf |= equal(word, 0x0A0A0A0A0A0A0A0AULL) << shift;
    m.cr |= equal(word, 0x0D0D0D0D0D0D0D0DULL) << shift;
    m.nul |= equal(word, 0) << shift;
    m.high |= gather(word & 0x8080808080808080ULL) << shift;
  }
  return m;
}

#define DLP_FUNCTION dlp_index_portable
#define DLP_TARGET
#define DLP_NEEDLES words
#define DLP_MAKE_NEEDLES(d, q) make_needles(d, q)
#define DLP_MASKS(p, needles, m) m = masks(p, needles)
#define DLP_PREFIX_XOR(x) dlp_prefix_xor_shifts(x)
#define DLP_WRITE_BITS(bits, base, out) dlp_write_bits(bits, base, out)
#include "index_body.h"
