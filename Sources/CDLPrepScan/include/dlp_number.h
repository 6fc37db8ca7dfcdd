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

#ifdef __cplusplus
}
#endif
