// Packing columns: loops that compilers turn into vector code, one for each width.
#include <math.h>
#include <string.h>

#include "include/dlp_pack.h"

#define ALWAYS_INLINE inline __attribute__((always_inline))

// The same loops for every machine, and for one with AVX2, chosen at run time. GIVE is `return`, or
// nothing where there is no result.
#if defined(__x86_64__)
#define EACH_TARGET(GIVE, RESULT, NAME, PARAMETERS, ARGUMENTS, ...)                    \
  static ALWAYS_INLINE RESULT NAME##_body PARAMETERS __VA_ARGS__                       \
  __attribute__((target("avx2"))) static RESULT NAME##_avx2 PARAMETERS {               \
    GIVE NAME##_body ARGUMENTS;                                                        \
  }                                                                                    \
  RESULT NAME PARAMETERS {                                                             \
    if (__builtin_cpu_supports("avx2")) {                                              \
      GIVE NAME##_avx2 ARGUMENTS;                                                      \
    } else {                                                                           \
      GIVE NAME##_body ARGUMENTS;                                                      \
    }                                                                                  \
  }
#else
#define EACH_TARGET(GIVE, RESULT, NAME, PARAMETERS, ARGUMENTS, ...)                    \
  RESULT NAME PARAMETERS __VA_ARGS__
#endif

// Adding it rounds a double of less than 2^51 to a whole number, which then stands in its low bits.
static const double rounder = 6755399441055744.0;
static const int64_t rounder_bits = 0x4338000000000000;
static const double largest = 1125899906842624.0;  // 2^50

static const double powers[17] = {1e0, 1e1, 1e2,  1e3,  1e4,  1e5,  1e6,  1e7, 1e8,
                                  1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16};

static ALWAYS_INLINE uint64_t bits_of(double value) {
  uint64_t bits;
  memcpy(&bits, &value, 8);
  return bits;
}

static ALWAYS_INLINE int scaled(double value, double power, int64_t *whole) {
  const double sum = value * power + rounder;
  const double rounded = sum - rounder;
  *whole = (int64_t)bits_of(sum) - rounder_bits;
  return (bits_of(rounded / power) == bits_of(value)) & (fabs(rounded) < largest);
}

static inline int is_set(const uint64_t *bits, size_t i) {
  return bits && (bits[i >> 6] >> (i & 63) & 1);
}

int dlp_decimals(const double *values, const uint64_t *skip, size_t count) {
  size_t with[17] = {0};
  size_t tried = 0, none = 0;
  const size_t step = count / 64 + 1;
  for (size_t i = 0; i < count; i += step) {
    if (is_set(skip, i)) continue;
    int64_t whole;
    int decimals = 0;
    while (decimals < 17 && !scaled(values[i], powers[decimals], &whole)) decimals++;
    tried++;
    if (decimals < 17) with[decimals]++;
    else if (++none > 8) return -1;
  }
  // Odd values cost twelve bytes each.
  if (none * 8 > tried) return -1;
  size_t covered = 0;
  for (int decimals = 0; decimals < 17; decimals++) {
    covered += with[decimals];
    if ((tried - covered) * 32 <= tried || covered == tried - none) return decimals;
  }
  return -1;
}

EACH_TARGET(return, dlp_scaled, dlp_scale,
            (const double *values, const uint64_t *skip, size_t count, double power,
             int64_t *whole, uint64_t *odd),
            (values, skip, count, power, whole, odd), {
  int64_t least = INT64_MAX, greatest = INT64_MIN;
  dlp_scaled result = {{0, 0, 0}, 0};
  for (size_t start = 0; start < count; start += 64) {
    const size_t rows = count - start < 64 ? count - start : 64;
    const double *here = values + start;
    int64_t *out = whole + start;
    uint64_t word = skip ? skip[start >> 6] : 0;
    uint8_t fits[64];
    size_t fitting = 0;
    int64_t low = least, high = greatest;
    for (size_t i = 0; i < rows; i++) {
      fits[i] = (uint8_t)scaled(here[i], power, out + i);
      fitting += fits[i];
      low = out[i] < low ? out[i] : low;
      high = out[i] > high ? out[i] : high;
    }
    if (fitting != rows || word) {
      low = least;
      high = greatest;
      for (size_t i = 0; i < rows; i++) word |= (uint64_t)!fits[i] << i;
      for (size_t i = 0; i < rows; i++) {
        const int64_t lower = word >> i & 1 ? low : out[i];
        const int64_t higher = word >> i & 1 ? high : out[i];
        low = lower < low ? lower : low;
        high = higher > high ? higher : high;
      }
    }
    least = low;
    greatest = high;
    result.odd += (size_t)__builtin_popcountll(word);
    odd[start >> 6] = word;
  }
  const int any = result.odd < count;
  result.extent = (dlp_extent){any ? least : 0, any ? greatest : 0, any};
  return result;
})

#define EXTENT_BODY(TYPE, LEAST, GREATEST)                                             \
  {                                                                                    \
    TYPE least = GREATEST, greatest = LEAST;                                           \
    int any = 0;                                                                       \
    for (size_t start = 0; start < count; start += 64) {                               \
      const size_t rows = count - start < 64 ? count - start : 64;                     \
      const TYPE *here = values + start;                                               \
      if (skip && skip[start >> 6]) {                                                  \
        for (size_t i = 0; i < rows; i++) {                                            \
          if (skip[start >> 6] >> i & 1) continue;                                     \
          any = 1;                                                                     \
          if (here[i] < least) least = here[i];                                        \
          if (here[i] > greatest) greatest = here[i];                                  \
        }                                                                              \
        continue;                                                                      \
      }                                                                                \
      any = 1;                                                                         \
      for (size_t i = 0; i < rows; i++) {                                              \
        least = here[i] < least ? here[i] : least;                                     \
        greatest = here[i] > greatest ? here[i] : greatest;                            \
      }                                                                                \
    }                                                                                  \
    return (dlp_extent){any ? least : 0, any ? greatest : 0, any};                     \
  }

EACH_TARGET(return, dlp_extent, dlp_extent64, (const int64_t *values, const uint64_t *skip, size_t count),
            (values, skip, count), EXTENT_BODY(int64_t, INT64_MIN, INT64_MAX))
EACH_TARGET(return, dlp_extent, dlp_extent32, (const int32_t *values, const uint64_t *skip, size_t count),
            (values, skip, count), EXTENT_BODY(int32_t, INT32_MIN, INT32_MAX))

// Numbers of three bytes are a plane of two bytes a number, then one of a byte, and so on: each plane
// is copied by vector instructions.
#define PLANE4(W) ((W) & 4)
#define PLANE2(W) ((W) & 2)
#define PLANE1(W) ((W) & 1)

static ALWAYS_INLINE void put(uint8_t *out, size_t i, size_t count, uint64_t value, int width) {
  if (width == 8) {
    memcpy(out + 8 * i, &value, 8);
    return;
  }
  size_t plane = 0;
  if (PLANE4(width)) {
    const uint32_t low = (uint32_t)value;
    memcpy(out + 4 * i, &low, 4);
    value >>= 32;
    plane = 4 * count;
  }
  if (PLANE2(width)) {
    const uint16_t low = (uint16_t)value;
    memcpy(out + plane + 2 * i, &low, 2);
    value >>= 16;
    plane += 2 * count;
  }
  if (PLANE1(width)) out[plane + i] = (uint8_t)value;
}

static ALWAYS_INLINE uint64_t get(const uint8_t *in, size_t i, size_t count, int width) {
  uint64_t value = 0;
  if (width == 8) {
    memcpy(&value, in + 8 * i, 8);
    return value;
  }
  size_t plane = 0;
  int shift = 0;
  if (PLANE4(width)) {
    uint32_t low;
    memcpy(&low, in + 4 * i, 4);
    value = low;
    shift = 32;
    plane = 4 * count;
  }
  if (PLANE2(width)) {
    uint16_t low;
    memcpy(&low, in + plane + 2 * i, 2);
    value |= (uint64_t)low << shift;
    shift += 16;
    plane += 2 * count;
  }
  if (PLANE1(width)) value |= (uint64_t)in[plane + i] << shift;
  return value;
}

// Calls a loop with a width that the compiler knows.
#define EACH_WIDTH(WIDTH, LOOP)                                                        \
  switch (WIDTH) {                                                                     \
    case 0: LOOP(0); break;                                                            \
    case 1: LOOP(1); break;                                                            \
    case 2: LOOP(2); break;                                                            \
    case 3: LOOP(3); break;                                                            \
    case 4: LOOP(4); break;                                                            \
    case 5: LOOP(5); break;                                                            \
    case 6: LOOP(6); break;                                                            \
    case 7: LOOP(7); break;                                                            \
    case 8: LOOP(8); break;                                                            \
    default: break;                                                                    \
  }

#define NARROW_LOOP(W)                                                                 \
  for (size_t i = 0; i < count; i++)                                                   \
  put(out, i, count, (uint64_t)values[i] - (uint64_t)base, W)
#define NARROW_SKIPPED(W)                                                              \
  for (size_t word = 0; word < (count + 63) / 64; word++)                              \
    for (uint64_t left = skip[word]; left; left &= left - 1)                           \
  put(out, word * 64 + (size_t)__builtin_ctzll(left), count, 0, W)
#define WIDEN64_LOOP(W)                                                                \
  for (size_t i = 0; i < count; i++)                                                   \
  out[i] = (int64_t)(get(in, i, count, W) + (uint64_t)base)
#define WIDEN32_LOOP(W)                                                                \
  for (size_t i = 0; i < count; i++)                                                   \
  out[i] = (int32_t)((uint32_t)get(in, i, count, W) + (uint32_t)base)
// The low bits of 2^52 hold the distance; to take 2^52 - base away is exact.
#define DECIMAL_LOOP(W)                                                                \
  for (size_t i = 0; i < count; i++) {                                                 \
    const uint64_t bits = get(in, i, count, W) | 0x4330000000000000;                   \
    double value;                                                                      \
    memcpy(&value, &bits, 8);                                                          \
    out[i] = (value - shift) / power;                                                  \
  }

EACH_TARGET(, void, dlp_narrow64,
            (const int64_t *values, const uint64_t *skip, size_t count, int64_t base, int width,
             uint8_t *out),
            (values, skip, count, base, width, out), {
              EACH_WIDTH(width, NARROW_LOOP)
              if (skip) EACH_WIDTH(width, NARROW_SKIPPED)
            })

EACH_TARGET(, void, dlp_narrow32,
            (const int32_t *values, const uint64_t *skip, size_t count, int32_t base, int width,
             uint8_t *out),
            (values, skip, count, base, width, out), {
              EACH_WIDTH(width, NARROW_LOOP)
              if (skip) EACH_WIDTH(width, NARROW_SKIPPED)
            })

EACH_TARGET(, void, dlp_widen64,
            (const uint8_t *in, size_t count, int64_t base, int width, int64_t *out),
            (in, count, base, width, out), {EACH_WIDTH(width, WIDEN64_LOOP)})

EACH_TARGET(, void, dlp_widen32,
            (const uint8_t *in, size_t count, int32_t base, int width, int32_t *out),
            (in, count, base, width, out), {EACH_WIDTH(width, WIDEN32_LOOP)})

EACH_TARGET(, void, dlp_widen_decimals,
            (const uint8_t *in, size_t count, int64_t base, int width, double power, double *out),
            (in, count, base, width, power, out), {
              const double shift = 4503599627370496.0 - (double)base;
              EACH_WIDTH(width, DECIMAL_LOOP)
            })

int dlp_narrow_flags(const uint8_t *flags, size_t count, uint64_t *out) {
  uint8_t seen = 0;
  for (size_t i = 0; i < count; i++) seen |= flags[i];
  if (seen > 1) return 0;
  for (size_t start = 0; start < count; start += 64) {
    const size_t rows = count - start < 64 ? count - start : 64;
    uint64_t word = 0;
    for (size_t i = 0; i < rows; i++) word |= (uint64_t)flags[start + i] << i;
    out[start >> 6] = word;
  }
  return 1;
}

void dlp_widen_flags(const uint64_t *in, size_t count, uint8_t *flags) {
  for (size_t i = 0; i < count; i++) flags[i] = (uint8_t)(in[i >> 6] >> (i & 63) & 1);
}
