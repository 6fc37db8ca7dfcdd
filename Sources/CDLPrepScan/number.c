// Eisel-Lemire (Lemire, "Number parsing at a gigabyte per second", 2021), and strtod for the rest.
#define _GNU_SOURCE
#include <locale.h>
#include <math.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#if defined(__APPLE__)
#include <xlocale.h>
#endif

#include "include/dlp_number.h"
#include "powers_of_five.h"

const double dlp_exact_powers_of_ten[23] = {1e0,  1e1,  1e2,  1e3,  1e4,  1e5,  1e6,  1e7,
                                            1e8,  1e9,  1e10, 1e11, 1e12, 1e13, 1e14, 1e15,
                                            1e16, 1e17, 1e18, 1e19, 1e20, 1e21, 1e22};

static double from_bits(uint64_t bits) {
  double value;
  memcpy(&value, &bits, sizeof value);
  return value;
}

// The bits of w x 10^q without a sign; 0x7FF << 52 where that overflows.
static uint64_t lemire(uint64_t w, int64_t q) {
  const uint64_t infinity = 0x7FFULL << 52;
  if (w == 0 || q < -342) return 0;
  if (q > 308) return infinity;
  const int zeros = __builtin_clzll(w);
  w <<= zeros;
  const size_t index = 2 * (size_t)(q + 342);
  unsigned __int128 product = (unsigned __int128)w * dlp_powers_of_five[index];
  uint64_t high = (uint64_t)(product >> 64), low = (uint64_t)product;
  // 55 bits are needed: where the bits below are all ones, the rest of the power may matter.
  if ((high & 0x1FF) == 0x1FF) {
    const unsigned __int128 more = (unsigned __int128)w * dlp_powers_of_five[index + 1];
    const uint64_t carry = (uint64_t)(more >> 64);
    low += carry;
    if (carry > low) high++;
  }
  const int upper = (int)(high >> 63);
  uint64_t mantissa = high >> (upper + 9);
  int64_t power = (((152170 + 65536) * q) >> 16) + 63 + upper - zeros + 1023;
  if (power <= 0) {
    if (1 - power >= 64) return 0;
    mantissa >>= 1 - power;
    mantissa += mantissa & 1;
    // A subnormal that rounds up to 2^52 becomes the smallest normal number by itself.
    return mantissa >> 1;
  }
  // Exactly between two numbers: only with powers that fit, and then to even.
  if (low <= 1 && q >= -4 && q <= 23 && (mantissa & 3) == 1 && (mantissa << (upper + 9)) == high)
    mantissa &= ~1ULL;
  mantissa += mantissa & 1;
  mantissa >>= 1;
  if (mantissa >= 1ULL << 53) {
    mantissa = 1ULL << 52;
    power++;
  }
  if (power >= 0x7FF) return infinity;
  return (mantissa & ~(1ULL << 52)) | ((uint64_t)power << 52);
}

static int finish(uint64_t bits, int negative, double *out) {
  if (bits == 0x7FFULL << 52) return dlp_number_overflow;
  *out = from_bits(bits | ((uint64_t)(negative != 0) << 63));
  return dlp_number_ok;
}

int dlp_double_from_decimal(uint64_t significand, int64_t exponent, int negative, double *out) {
  return finish(lemire(significand, exponent), negative, out);
}

// strtod follows the locale, so it gets the "C" one.
static double strtod_c(const char *text) {
  static _Atomic(locale_t) cached = (locale_t)0;
  locale_t locale = atomic_load(&cached);
  if (locale == (locale_t)0) {
    locale = newlocale(LC_ALL_MASK, "C", (locale_t)0);
    locale_t none = (locale_t)0;
    if (locale != (locale_t)0 && !atomic_compare_exchange_strong(&cached, &none, locale)) {
      freelocale(locale);
      locale = none;
    }
  }
  return locale == (locale_t)0 ? strtod(text, NULL) : strtod_l(text, NULL, locale);
}

// No double lies on a boundary that needs more than 768 digits: of what follows, only whether it
// is zero matters.
enum { kept_digits = 780 };

// `digits` are the significant ones, point left out; the number is 0.d1d2... x 10^exponent.
static int by_strtod(const uint8_t *p, const uint8_t *end, int64_t exponent, int negative,
                     double *out) {
  char text[kept_digits + 48];
  size_t length = 0;
  text[length++] = '0';
  text[length++] = '.';
  size_t kept = 0;
  int rest = 0;
  for (; p < end; p++) {
    if (*p == '.') continue;
    if (kept < kept_digits) {
      text[length++] = (char)*p;
      kept++;
    } else if (*p != '0') {
      rest = 1;
      break;
    }
  }
  if (rest) text[length++] = '1';
  snprintf(text + length, sizeof text - length, "e%lld", (long long)exponent);
  const double value = strtod_c(text);
  if (isinf(value)) return dlp_number_overflow;
  *out = negative ? -value : value;
  return dlp_number_ok;
}

int dlp_parse_double_slow(const uint8_t *p, size_t n, double *out) {
  const uint8_t *const end = p + n;
  const uint8_t *q = p;
  if (n == 0) return dlp_number_none;
  const int negative = *q == '-';
  q += *q == '-' || *q == '+';

  // The grammar first: [first, last) are the digits and the point.
  const uint8_t *first = q;
  while (q < end && (uint8_t)(*q - '0') < 10) q++;
  const uint8_t *point = q;
  size_t digits = (size_t)(q - first);
  if (q < end && *q == '.') {
    q++;
    while (q < end && (uint8_t)(*q - '0') < 10) q++;
    digits += (size_t)(q - point) - 1;
  }
  if (digits == 0) return dlp_number_none;
  const uint8_t *const last = q;
  int64_t exponent = 0;
  if (q < end && (*q == 'e' || *q == 'E')) {
    q++;
    const int minus = q < end && *q == '-';
    q += q < end && (*q == '-' || *q == '+');
    if (q == end) return dlp_number_none;
    for (; q < end && (uint8_t)(*q - '0') < 10; q++)
      if (exponent < 100000000000000000LL) exponent = 10 * exponent + (*q - '0');
    if (minus) exponent = -exponent;
  }
  if (q != end) return dlp_number_none;

  // Leading zeros are no digits: first to the first that counts.
  int64_t scale = exponent;
  if (first < point) {
    while (first < point && *first == '0') first++;
  }
  int64_t before = point - first;
  if (before == 0 && point < last) {
    first = point + 1;
    while (first < last && *first == '0') {
      first++;
      before--;
    }
  }
  if (first == last || (first == point && point == last)) {
    *out = negative ? -0.0 : 0.0;
    return dlp_number_ok;
  }
  // The number is 0.d1d2... x 10^(before + scale).
  uint64_t w = 0;
  int taken = 0;
  const uint8_t *r = first;
  for (; r < last && taken < 19; r++) {
    if (*r == '.') continue;
    w = 10 * w + (uint64_t)(*r - '0');
    taken++;
  }
  int exact = 1;
  for (; r < last; r++) {
    if (*r != '.' && *r != '0') {
      exact = 0;
      break;
    }
  }
  const int64_t power = before + scale;
  if (power > 310) return dlp_number_overflow;
  if (power < -400) {
    *out = negative ? -0.0 : 0.0;
    return dlp_number_ok;
  }
  const uint64_t bits = lemire(w, power - taken);
  // With digits left over, the value lies between w and w + 1: if both round alike, so does it.
  if (exact || bits == lemire(w + 1, power - taken)) return finish(bits, negative, out);
  return by_strtod(first, last, power, negative, out);
}
