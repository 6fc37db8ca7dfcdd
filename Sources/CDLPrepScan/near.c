// Distances to points, with the vector units of this machine; none of them may round differently.
#pragma STDC FP_CONTRACT OFF

#include "include/dlp_near.h"

#include <string.h>

#define ALWAYS_INLINE static inline __attribute__((always_inline))

// Sixteen points, which stay in registers from axis to axis.
enum { lanes = 16 };
typedef double numbers __attribute__((vector_size(8 * lanes)));
typedef int64_t choice __attribute__((vector_size(8 * lanes)));

ALWAYS_INLINE uint64_t near_points(const double *block, const dlp_value *row, size_t count,
                                   int has_gaps, double limit, double *distances) {
  uint64_t found = 0;
  const numbers zero = {0};
  const choice magnitude = (choice){0} + INT64_MAX;
  // A mean of fewer values is no smaller than their sum divided by all; a little more, for rounding.
  const numbers most = zero + limit * (double)count * (1 + 0x1p-48);
  for (int first = 0; first < dlp_points; first += lanes) {
    numbers sums = zero, shared = zero;
    size_t done = 0;
    while (done < count) {
      const size_t end = count - done > 4 ? done + 4 : count;
      for (; done < end; done++) {
        const dlp_value *own = row + done;
        numbers values;
        memcpy(&values, block + own->axis * dlp_points + first, sizeof values);
        numbers counts = values - own->value;
        if (own->measure == dlp_square)
          counts *= counts;
        else if (own->measure == dlp_share)
          counts = (numbers)((choice)counts & magnitude) / own->count;
        else
          counts = (numbers)((choice)(zero + own->count) & (choice)(values != own->value));
        if (has_gaps) {
          const choice there = values == values;
          counts = (numbers)((choice)counts & there);
          shared += (numbers)((choice)(zero + 1) & there);
        }
        sums += counts;
      }
      if (!__builtin_reduce_or((choice)(sums <= most))) break;
    }
    if (done < count) continue;
    // Nothing shared is 0 / 0: not a number, and so within no limit.
    const numbers means = sums / (has_gaps ? shared : zero + (double)count);
    const choice within = means <= limit;
    if (!__builtin_reduce_or(within)) continue;
    memcpy(distances + first, &means, sizeof means);
    for (int i = 0; i < lanes; i++) found |= (uint64_t)(within[i] & 1) << (first + i);
  }
  return found;
}

#define NEAR(NAME, TARGET)                                                                          \
  TARGET static uint64_t NAME(const double *block, const dlp_value *row, size_t count, int has_gaps, \
                              double limit, double *distances) {                                     \
    return has_gaps ? near_points(block, row, count, 1, limit, distances)                            \
                    : near_points(block, row, count, 0, limit, distances);                           \
  }

#if defined(__x86_64__)
NEAR(near_avx512, __attribute__((target("avx512f,avx512dq"))))
NEAR(near_avx2, __attribute__((target("avx2"))))
#endif
NEAR(near_plain, )

uint64_t dlp_near(const double *block, const dlp_value *row, size_t count, int has_gaps, double limit,
                  double *distances) {
#if defined(__x86_64__)
  if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512dq"))
    return near_avx512(block, row, count, has_gaps, limit, distances);
  if (__builtin_cpu_supports("avx2"))
    return near_avx2(block, row, count, has_gaps, limit, distances);
#endif
  return near_plain(block, row, count, has_gaps, limit, distances);
}
