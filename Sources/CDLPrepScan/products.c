// Exact sums of products of whole numbers, with the vector units of this machine.
#include "include/dlp_products.h"

#include <math.h>
#include <string.h>

#if defined(__x86_64__)
#include <immintrin.h>
#define TARGET_AVX2 __attribute__((target("avx2")))
#define TARGET_AVX512 __attribute__((target("avx512f")))
#endif

#define ALWAYS_INLINE static inline __attribute__((always_inline))

// The place of a column in a row of a panel.
ALWAYS_INLINE int place(int column) { return column < 8 ? 2 * column : 2 * column - 15; }

// Adding it rounds a double of less than 2^51 to a whole number.
static const double rounder = 6755399441055744.0;

ALWAYS_INLINE dlp_parts fill(const double *values, size_t count, const uint64_t *skip, size_t first,
                             dlp_fixed how, int32_t *out, size_t plane, int planes) {
  dlp_parts sums = {0, 0};
  const double share = 1 / how.unit;
  for (size_t start = 0; start < count; start += 64) {
    const size_t rows = count - start < 64 ? count - start : 64;
    double numbers[64];
    int32_t high[64], low[64];
    memcpy(numbers, values + start, rows * sizeof(double));
    for (size_t i = 0; planes > 3 && i < rows; i++) {
      const size_t bit = first + start + i;
      const int is_there = !skip || !(skip[bit >> 6] >> (bit & 63) & 1);
      if (!is_there) numbers[i] = how.center;
      out[(start + i) * dlp_panel + 3 * plane] = is_there;
    }
    for (size_t i = 0; i < rows; i++) {
      const double whole = round((numbers[i] - how.center) * how.factor * how.factor2);
      // However it is rounded: the low part takes what is left, exactly.
      const double top = whole * share + rounder - rounder;
      high[i] = (int32_t)top;
      low[i] = (int32_t)(whole - top * how.unit);
    }
    for (size_t i = 0; i < rows; i++) {
      int32_t *at = out + (start + i) * dlp_panel;
      at[0] = high[i];
      at[plane] = low[i];
      at[2 * plane] = high[i] + low[i];
      sums.high += high[i];
      sums.low += low[i];
    }
  }
  return sums;
}

// Two numbers share a lane of 64 bits: a multiplication takes the low one, and after a shift the other.
// Sums stay in registers as long as the loops over them are unrolled.
#define UNROLL _Pragma("clang loop unroll(full)")
#define PRODUCTS(NAME, TARGET, VECTOR, WIDE, BLOCK, LOAD, SHIFT, SPREAD, MULTIPLY, ADD, ZERO, STORE) \
  TARGET static void NAME(const int32_t *a, const int32_t *b, size_t rows, int64_t *sums) {          \
    enum { vectors = dlp_panel / (2 * WIDE) };                                                       \
    UNROLL for (int first = 0; first < dlp_panel; first += BLOCK) {                                  \
      VECTOR even[BLOCK][vectors], odd[BLOCK][vectors];                                              \
      UNROLL for (int i = 0; i < BLOCK; i++)                                                         \
        UNROLL for (int v = 0; v < vectors; v++) even[i][v] = odd[i][v] = ZERO;                      \
      for (size_t row = 0; row < rows; row++) {                                                      \
        UNROLL for (int v = 0; v < vectors; v++) {                                                   \
          const VECTOR low = LOAD((const void *)(b + row * dlp_panel + 2 * WIDE * v));               \
          const VECTOR high = SHIFT(low, 32);                                                        \
          UNROLL for (int i = 0; i < BLOCK; i++) {                                                   \
            const VECTOR one = SPREAD(a[row * dlp_panel + place(first + i)]);                        \
            even[i][v] = ADD(even[i][v], MULTIPLY(one, low));                                        \
            odd[i][v] = ADD(odd[i][v], MULTIPLY(one, high));                                         \
          }                                                                                          \
        }                                                                                            \
      }                                                                                              \
      UNROLL for (int i = 0; i < BLOCK; i++) {                                                       \
        UNROLL for (int v = 0; v < vectors; v++) {                                                   \
          STORE((void *)(sums + (first + i) * dlp_panel + WIDE * v), even[i][v]);                    \
          STORE((void *)(sums + (first + i) * dlp_panel + 8 + WIDE * v), odd[i][v]);                 \
        }                                                                                            \
      }                                                                                              \
    }                                                                                                \
  }

#if defined(__x86_64__)
PRODUCTS(products_avx512, TARGET_AVX512, __m512i, 8, 8, _mm512_loadu_si512, _mm512_srli_epi64,
         _mm512_set1_epi32, _mm512_mul_epi32, _mm512_add_epi64, _mm512_setzero_si512(),
         _mm512_storeu_si512)
PRODUCTS(products_avx2, TARGET_AVX2, __m256i, 4, 2, _mm256_loadu_si256, _mm256_srli_epi64,
         _mm256_set1_epi32, _mm256_mul_epi32, _mm256_add_epi64, _mm256_setzero_si256(),
         _mm256_storeu_si256)
#endif

void dlp_products_plain(const int32_t *a, const int32_t *b, size_t rows, int64_t *sums) {
  memset(sums, 0, dlp_panel * dlp_panel * sizeof(int64_t));
  for (size_t row = 0; row < rows; row++, a += dlp_panel, b += dlp_panel)
    for (int i = 0; i < dlp_panel; i++)
      for (int j = 0; j < dlp_panel; j++)
        sums[i * dlp_panel + j] += (int64_t)a[place(i)] * b[place(j)];
}

ALWAYS_INLINE void some_rows(const int32_t *panel, size_t plane, const uint32_t *rows, size_t count,
                             int64_t *sums) {
  int64_t own[6][dlp_panel] = {{0}};
  for (size_t i = 0; i < count; i++) {
    const int32_t *at = panel + (size_t)rows[i] * dlp_panel;
    for (int c = 0; c < dlp_panel; c++) {
      const int64_t high = at[c], low = at[c + plane];
      own[0][c] += high;
      own[1][c] += low;
      own[2][c] += high * high;
      own[3][c] += high * low;
      own[4][c] += low * low;
      own[5][c] += at[c + 3 * plane];
    }
  }
  for (int kind = 0; kind < 6; kind++)
    for (int c = 0; c < dlp_panel; c++) sums[kind * dlp_panel + c] = own[kind][place(c)];
}

#if defined(__x86_64__)
TARGET_AVX2 static dlp_parts fill_avx2(const double *values, size_t count, const uint64_t *skip,
                                       size_t first, dlp_fixed how, int32_t *out, size_t plane,
                                       int planes) {
  return fill(values, count, skip, first, how, out, plane, planes);
}
TARGET_AVX512 static void some_rows_avx512(const int32_t *panel, size_t plane, const uint32_t *rows,
                                           size_t count, int64_t *sums) {
  some_rows(panel, plane, rows, count, sums);
}
#endif

dlp_parts dlp_fill(const double *values, size_t count, const uint64_t *skip, size_t first,
                   dlp_fixed how, int32_t *panel, int column, size_t plane, int planes) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx2"))
    return fill_avx2(values, count, skip, first, how, panel + place(column), plane, planes);
#endif
  return fill(values, count, skip, first, how, panel + place(column), plane, planes);
}

void dlp_products(const int32_t *a, const int32_t *b, size_t rows, int64_t *sums) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return products_avx512(a, b, rows, sums);
  if (__builtin_cpu_supports("avx2")) return products_avx2(a, b, rows, sums);
#endif
  dlp_products_plain(a, b, rows, sums);
}

void dlp_some_rows(const int32_t *panel, size_t plane, const uint32_t *rows, size_t count,
                   int64_t *sums) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f")) return some_rows_avx512(panel, plane, rows, count, sums);
#endif
  some_rows(panel, plane, rows, count, sums);
}
