// The index with the vector units of x86-64, each compiled for its own target.
#include "index_kinds.h"

#if defined(__x86_64__)
#include <immintrin.h>

// SSE4.2: four vectors of 16 bytes.
#define TARGET_SSE __attribute__((target("sse4.2,popcnt,pclmul")))

typedef struct needles_sse {
  __m128i delimiter, quote;
} needles_sse;

TARGET_SSE static inline needles_sse make_sse(uint8_t delimiter, uint8_t quote) {
  return (needles_sse){_mm_set1_epi8((char)delimiter), _mm_set1_epi8((char)quote)};
}

TARGET_SSE static inline uint64_t bits_sse(__m128i x) {
  return (uint64_t)(uint32_t)_mm_movemask_epi8(x);
}

TARGET_SSE static inline dlp_masks masks_sse(const uint8_t *p, needles_sse needles) {
  dlp_masks m = {0, 0, 0, 0, 0, 0};
  for (unsigned i = 0; i < 4; i++) {
    const __m128i v = _mm_loadu_si128((const __m128i *)(const void *)(p + 16 * i));
    const unsigned shift = 16 * i;
    m.delimiter |= bits_sse(_mm_cmpeq_epi8(v, needles.delimiter)) << shift;
    m.quote |= bits_sse(_mm_cmpeq_epi8(v, needles.quote)) << shift;
    m.lf |= bits_sse(_mm_cmpeq_epi8(v, _mm_set1_epi8('\n'))) << shift;
    m.cr |= bits_sse(_mm_cmpeq_epi8(v, _mm_set1_epi8('\r'))) << shift;
    m.nul |= bits_sse(_mm_cmpeq_epi8(v, _mm_setzero_si128())) << shift;
    m.high |= bits_sse(v) << shift;
  }
  return m;
}

// Multiplying by all ones without carries is the prefix parity.
TARGET_SSE static inline uint64_t prefix_xor_clmul(uint64_t x) {
  const __m128i product =
      _mm_clmulepi64_si128(_mm_cvtsi64_si128((long long)x), _mm_set1_epi8((char)0xFF), 0);
  return (uint64_t)_mm_cvtsi128_si64(product);
}

#define DLP_FUNCTION dlp_index_sse
#define DLP_TARGET TARGET_SSE
#define DLP_NEEDLES needles_sse
#define DLP_MAKE_NEEDLES(d, q) make_sse(d, q)
#define DLP_MASKS(p, needles, m) m = masks_sse(p, needles)
#define DLP_PREFIX_XOR(x) prefix_xor_clmul(x)
#define DLP_WRITE_BITS(bits, base, out) dlp_write_bits(bits, base, out)
#include "index_body.h"

// AVX2: two vectors of 32 bytes.
#define TARGET_AVX2 __attribute__((target("avx2,bmi,popcnt,pclmul,sse4.2")))

typedef struct needles_avx2 {
  __m256i delimiter, quote;
} needles_avx2;

TARGET_AVX2 static inline needles_avx2 make_avx2(uint8_t delimiter, uint8_t quote) {
  return (needles_avx2){_mm256_set1_epi8((char)delimiter), _mm256_set1_epi8((char)quote)};
}

TARGET_AVX2 static inline uint64_t bits_avx2(__m256i x) {
  return (uint64_t)(uint32_t)_mm256_movemask_epi8(x);
}

TARGET_AVX2 static inline dlp_masks masks_avx2(const uint8_t *p, needles_avx2 needles) {
  dlp_masks m = {0, 0, 0, 0, 0, 0};
  for (unsigned i = 0; i < 2; i++) {
    const __m256i v = _mm256_loadu_si256((const __m256i *)(const void *)(p + 32 * i));
    const unsigned shift = 32 * i;
    m.delimiter |= bits_avx2(_mm256_cmpeq_epi8(v, needles.delimiter)) << shift;
    m.quote |= bits_avx2(_mm256_cmpeq_epi8(v, needles.quote)) << shift;
    m.lf |= bits_avx2(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('\n'))) << shift;
    m.cr |= bits_avx2(_mm256_cmpeq_epi8(v, _mm256_set1_epi8('\r'))) << shift;
    m.nul |= bits_avx2(_mm256_cmpeq_epi8(v, _mm256_setzero_si256())) << shift;
    m.high |= bits_avx2(v) << shift;
  }
  return m;
}

#define DLP_FUNCTION dlp_index_avx2
#define DLP_TARGET TARGET_AVX2
#define DLP_NEEDLES needles_avx2
#define DLP_MAKE_NEEDLES(d, q) make_avx2(d, q)
#define DLP_MASKS(p, needles, m) m = masks_avx2(p, needles)
#define DLP_PREFIX_XOR(x) prefix_xor_clmul(x)
#define DLP_WRITE_BITS(bits, base, out) dlp_write_bits(bits, base, out)
#include "index_body.h"

// AVX-512: one vector, comparisons give masks, and VBMI2 turns a mask into indexes.
#define TARGET_AVX512 \
  __attribute__((target("avx512f,avx512bw,avx512vl,avx512vbmi2,avx2,bmi,popcnt,pclmul,sse4.2")))

typedef struct needles_avx512 {
  __m512i delimiter, quote;
} needles_avx512;

TARGET_AVX512 static inline needles_avx512 make_avx512(uint8_t delimiter, uint8_t quote) {
  return (needles_avx512){_mm512_set1_epi8((char)delimiter), _mm512_set1_epi8((char)quote)};
}

TARGET_AVX512 static inline dlp_masks masks_avx512(const uint8_t *p, needles_avx512 needles) {
  const __m512i v = _mm512_loadu_si512(p);
  dlp_masks m;
  m.delimiter = _mm512_cmpeq_epi8_mask(v, needles.delimiter);
  m.quote = _mm512_cmpeq_epi8_mask(v, needles.quote);
  m.lf = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\n'));
  m.cr = _mm512_cmpeq_epi8_mask(v, _mm512_set1_epi8('\r'));
  m.nul = _mm512_testn_epi8_mask(v, v);
  m.high = _mm512_movepi8_mask(v);
  return m;
}

TARGET_AVX512 static inline uint32_t *write_bits_avx512(uint64_t bits, uint32_t base,
                                                        uint32_t *out) {
  static const uint8_t iota[64] = {
      0,  1,  2,  3,  4,  5,  6,  7,  8,  9,  10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21,
      22, 23, 24, 25, 26, 27, 28, 29, 30, 31, 32, 33, 34, 35, 36, 37, 38, 39, 40, 41, 42, 43,
      44, 45, 46, 47, 48, 49, 50, 51, 52, 53, 54, 55, 56, 57, 58, 59, 60, 61, 62, 63};
  const int count = __builtin_popcountll(bits);
  const __m512i packed = _mm512_maskz_compress_epi8(bits, _mm512_loadu_si512(iota));
  const __m512i first = _mm512_set1_epi32((int)base);
  _mm512_storeu_si512(
      out, _mm512_add_epi32(_mm512_cvtepu8_epi32(_mm512_castsi512_si128(packed)), first));
  if (count > 16) {
    _mm512_storeu_si512(out + 16, _mm512_add_epi32(_mm512_cvtepu8_epi32(
                                      _mm512_extracti32x4_epi32(packed, 1)), first));
    if (count > 32) {
      _mm512_storeu_si512(out + 32, _mm512_add_epi32(_mm512_cvtepu8_epi32(
                                        _mm512_extracti32x4_epi32(packed, 2)), first));
      _mm512_storeu_si512(out + 48, _mm512_add_epi32(_mm512_cvtepu8_epi32(
                                        _mm512_extracti32x4_epi32(packed, 3)), first));
    }
  }
  return out + count;
}

#define DLP_FUNCTION dlp_index_avx512
#define DLP_TARGET TARGET_AVX512
#define DLP_NEEDLES needles_avx512
#define DLP_MAKE_NEEDLES(d, q) make_avx512(d, q)
#define DLP_MASKS(p, needles, m) m = masks_avx512(p, needles)
#define DLP_PREFIX_XOR(x) prefix_xor_clmul(x)
#define DLP_WRITE_BITS(bits, base, out) write_bits_avx512(bits, base, out)
#include "index_body.h"
#endif
