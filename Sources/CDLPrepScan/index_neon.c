// The index with the vector unit of 64-bit ARM.
#include "index_kinds.h"

#if defined(__aarch64__)
#include <arm_neon.h>

typedef struct needles_neon {
  uint8x16_t delimiter, quote;
} needles_neon;

static inline needles_neon make_neon(uint8_t delimiter, uint8_t quote) {
  return (needles_neon){vdupq_n_u8(delimiter), vdupq_n_u8(quote)};
}

// 64 bytes that are 0 or 255 as 64 bits: one weight a byte, then three rounds of pairwise sums.
static inline uint64_t bits_neon(uint8x16_t a, uint8x16_t b, uint8x16_t c, uint8x16_t d) {
  static const uint8_t weights[16] = {1, 2, 4, 8, 16, 32, 64, 128, 1, 2, 4, 8, 16, 32, 64, 128};
  const uint8x16_t w = vld1q_u8(weights);
  const uint8x16_t low = vpaddq_u8(vandq_u8(a, w), vandq_u8(b, w));
  const uint8x16_t top = vpaddq_u8(vandq_u8(c, w), vandq_u8(d, w));
  const uint8x16_t both = vpaddq_u8(low, top);
  return vgetq_lane_u64(vreinterpretq_u64_u8(vpaddq_u8(both, both)), 0);
}

static inline uint64_t equal_neon(const uint8x16_t *v, uint8x16_t needle) {
  return bits_neon(vceqq_u8(v[0], needle), vceqq_u8(v[1], needle), vceqq_u8(v[2], needle),
                   vceqq_u8(v[3], needle));
}

static inline dlp_masks masks_neon(const uint8_t *p, needles_neon needles) {
  const uint8x16_t v[4] = {vld1q_u8(p), vld1q_u8(p + 16), vld1q_u8(p + 32), vld1q_u8(p + 48)};
  const uint8x16_t top = vdupq_n_u8(0x7F);
  dlp_masks m;
  m.delimiter = equal_neon(v, needles.delimiter);
  m.quote = equal_neon(v, needles.quote);
  m.lf = equal_neon(v, vdupq_n_u8('\n'));
  m.cr = equal_neon(v, vdupq_n_u8('\r'));
  m.nul = equal_neon(v, vdupq_n_u8(0));
  m.high = bits_neon(vcgtq_u8(v[0], top), vcgtq_u8(v[1], top), vcgtq_u8(v[2], top),
                     vcgtq_u8(v[3], top));
  return m;
}

#define DLP_FUNCTION dlp_index_neon
#define DLP_TARGET
#define DLP_NEEDLES needles_neon
#define DLP_MAKE_NEEDLES(d, q) make_neon(d, q)
#define DLP_MASKS(p, needles, m) m = masks_neon(p, needles)
#define DLP_PREFIX_XOR(x) dlp_prefix_xor_shifts(x)
#define DLP_WRITE_BITS(bits, base, out) dlp_write_bits(bits, base, out)
#include "index_body.h"
#endif
