// Sums of columns, with the vector units of this machine; none of them may round differently.
#pragma STDC FP_CONTRACT OFF

#include "include/dlp_combine.h"

#include <string.h>

// Sums stay in registers as long as the loops over them are unrolled.
#define UNROLL _Pragma("clang loop unroll(full)")
#define COMBINE(NAME, TARGET, LANES)                                                                \
  TARGET static void NAME(const double *columns, size_t inputs, const double *weights,              \
                          const double *starts, double *sums) {                                     \
    typedef double numbers __attribute__((vector_size(8 * LANES)));                                 \
    for (int row = 0; row < dlp_together; row += LANES) {                                           \
      numbers own[dlp_outputs];                                                                     \
      UNROLL for (int o = 0; o < dlp_outputs; o++) own[o] = (numbers){0} + starts[o];               \
      for (size_t i = 0; i < inputs; i++) {                                                         \
        numbers column;                                                                             \
        memcpy(&column, columns + i * dlp_together + row, sizeof column);                           \
        UNROLL for (int o = 0; o < dlp_outputs; o++) own[o] += column * weights[o * inputs + i];    \
      }                                                                                             \
      UNROLL for (int o = 0; o < dlp_outputs; o++)                                                  \
        memcpy(sums + o * dlp_together + row, &own[o], sizeof own[o]);                              \
    }                                                                                               \
  }

#if defined(__x86_64__)
COMBINE(combine_avx512, __attribute__((target("avx512f"))), 16)
COMBINE(combine_avx2, __attribute__((target("avx2"))), 8)
#endif
COMBINE(combine_plain, , 4)

void dlp_combine(const double *columns, size_t inputs, const double *weights, const double *starts,
                 double *sums) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f"))
    return combine_avx512(columns, inputs, weights, starts, sums);
  if (__builtin_cpu_supports("avx2"))
    return combine_avx2(columns, inputs, weights, starts, sums);
#endif
  combine_plain(columns, inputs, weights, starts, sums);
}
