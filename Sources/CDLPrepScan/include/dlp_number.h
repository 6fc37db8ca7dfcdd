/// Numbers from text, exactly.
#pragma once

#include <stddef.h>
#include <stdint.h>
#include <string.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How reading a number ended.
typedef enum dlp_number {
  /// A number.
  dlp_number_ok = 0,
  /// Not of the grammar.
  dlp_number_none = 1,
  /// Of the grammar, but too large for the type.
  dlp_number_overflow = 2,
} dlp_number;

/// What the quick path leaves over: more than 19 digits, large exponents, and all that needs more
/// than one multiplication or division. Same contract as `dlp_parse_double`.
int dlp_parse_double_slow(const uint8_t *p, size_t n, double *out);

/// `significand` x 10^`exponent`, rounded to nearest, ties to even; for at most 19 digits.
int dlp_double_from_decimal(uint64_t significand, int64_t exponent, int negative, double *out);

/// Powers of ten that a double holds exactly.
extern const double dlp_exact_powers_of_ten[23];

/// Reads all `n` bytes as a number: `[+-]?digits[.digits][(e|E)[+-]?digits]`, where the digits on
/// one side of the point may be absent. Correctly rounded whatever the number of digits; `-0`
/// keeps its sign; too small is zero or subnormal as rounding says; too large is
/// `dlp_number_overflow`. Anything else, also white space, is `dlp_number_none`. `out` is written
/// only on success. Locale plays no part.
static inline __attribute__((always_inline)) int dlp_parse_double(const uint8_t *p, size_t n, double *out) {
  const uint8_t *q = p;
  const uint8_t *const end = p + n;
  if (n == 0) return dlp_number_none;
  const int negative = *q == '-';
  q += *q == '-' || *q == '+';
  uint64_t w = 0;
  const uint8_t *const whole = q;
  while (q < end && (uint8_t)(*q - '0') < 10) w = 10 * w + (uint8_t)(*q++ - '0');
  size_t digits = (size_t)(q - whole);
  int64_t exponent = 0;
  if (q < end && *q == '.') {
    const uint8_t *const fraction = ++q;
    while (q < end && (uint8_t)(*q - '0') < 10) w = 10 * w + (uint8_t)(*q++ - '0');
    exponent = -(int64_t)(q - fraction);
    digits += (size_t)(q - fraction);
  }
  if (digits == 0) return dlp_number_none;
  // An exponent, junk, or so many digits that w may have wrapped.
  if (q != end || digits > 19) return dlp_parse_double_slow(p, n, out);
  // Clinger: both factors are exact, so one rounding is all there is.
  if (w <= (1ULL << 53) && exponent >= -22) {
    const double value = (double)w / dlp_exact_powers_of_ten[-exponent];
    *out = negative ? -value : value;
    return dlp_number_ok;
  }
  return dlp_double_from_decimal(w, exponent, negative, out);
}

/// The `n` digits before `end`, at most eight of them, and a point among them if `points`, as one
/// whole number; how many stand behind the point is in `decimals`. 0 where anything else is there.
///
/// Eight bytes are looked at, all at once and without a branch for each digit (after Langdale and
/// Lemire), so those before `end` must be readable.
static inline __attribute__((always_inline)) int dlp_short_digits(const uint8_t *end, size_t n,
                                                                 int points, uint64_t *whole,
                                                                 size_t *decimals) {
  const uint64_t zeros = 0x3030303030303030;
  uint64_t word;
  memcpy(&word, end - 8, 8);
  // What stands before the digits counts as zeros.
  const size_t before = 8 * (8 - n);
  word = before ? (word >> before << before) | (zeros >> (64 - before)) : word;
  *decimals = 0;
  if (points) {
    const uint64_t other = word ^ 0x2E2E2E2E2E2E2E2E;
    const uint64_t found = (other - 0x0101010101010101) & ~other & 0x8080808080808080;
    if (found) {
      if (n == 1) return 0;
      const size_t at = (size_t)__builtin_ctzll(found) & ~(size_t)7;
      const uint64_t low = ((uint64_t)1 << at) - 1;
      word = (word & ~(low << 8 | 0xFF)) | ((word & low) << 8) | 0x30;
      *decimals = 7 - at / 8;
    }
  }
  if (((word & 0xF0F0F0F0F0F0F0F0) | ((word + 0x0606060606060606) & 0xF0F0F0F0F0F0F0F0) >> 4) !=
      0x3333333333333333)
    return 0;
  word -= zeros;
  word = word * 10 + (word >> 8);
  *whole = ((word & 0x000000FF000000FF) * 0x000F424000000064 +
            ((word >> 16) & 0x000000FF000000FF) * 0x0000271000000001) >>
           32;
  return 1;
}

/// Whether numbers can be read eight bytes at a time: where the first of them is the lowest.
#if defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define DLP_SHORT_NUMBERS 1
#else
#define DLP_SHORT_NUMBERS 0
#endif

/// As `dlp_parse_double` for the `n` bytes from `start`, of which `start` precede them in `bytes`.
static inline __attribute__((always_inline)) int dlp_parse_double_at(const uint8_t *bytes,
                                                                    size_t start, size_t n,
                                                                    double *out) {
  const uint8_t *const p = bytes + start;
  if (DLP_SHORT_NUMBERS && n - 1 < 8 && start + n >= 8) {
    const size_t negative = *p == '-';
    uint64_t whole;
    size_t decimals;
    if (n > negative && dlp_short_digits(p + n, n - negative, 1, &whole, &decimals)) {
      const double value = (double)(int64_t)whole / dlp_exact_powers_of_ten[decimals];
      *out = negative ? -value : value;
      return dlp_number_ok;
    }
  }
  return dlp_parse_double(p, n, out);
}

/// Reads all `n` bytes as an integer: `[+-]?digits`, leading zeros allowed.
static inline __attribute__((always_inline)) int dlp_parse_int64(const uint8_t *p, size_t n, int64_t *out) {
  if (n == 0) return dlp_number_none;
  const int negative = *p == '-';
  const size_t sign = *p == '-' || *p == '+';
  const uint8_t *q = p + sign;
  const uint8_t *const end = p + n;
  if (q == end) return dlp_number_none;
  while (q < end && *q == '0') q++;
  const uint8_t *const first = q;
  uint64_t w = 0;
  while (q < end && (uint8_t)(*q - '0') < 10) w = 10 * w + (uint8_t)(*q++ - '0');
  if (q != end) return dlp_number_none;
  // 19 digits never wrap 64 bits.
  if (q - first > 19 || w > (uint64_t)INT64_MAX + (uint64_t)negative) return dlp_number_overflow;
  *out = negative ? (int64_t)(0 - w) : (int64_t)w;
  return dlp_number_ok;
}

/// As `dlp_parse_int64` for the `n` bytes from `start`, of which `start` precede them in `bytes`.
static inline __attribute__((always_inline)) int dlp_parse_int64_at(const uint8_t *bytes,
                                                                   size_t start, size_t n,
                                                                   int64_t *out) {
  const uint8_t *const p = bytes + start;
  if (DLP_SHORT_NUMBERS && n - 1 < 8 && start + n >= 8) {
    const size_t negative = *p == '-';
    uint64_t whole;
    size_t decimals;
    if (n > negative && dlp_short_digits(p + n, n - negative, 0, &whole, &decimals)) {
      *out = negative ? -(int64_t)whole : (int64_t)whole;
      return dlp_number_ok;
    }
  }
  return dlp_parse_int64(p, n, out);
}

/// Asks for the line of memory that will be looked at soon.
static inline __attribute__((always_inline)) void dlp_prefetch(const void *p) {
  __builtin_prefetch(p);
}

#ifdef __cplusplus
}
#endif
