// Shortest decimals of doubles: Schubfach (Giulietti, "The Schubfach way to render doubles", 2021), in
// the arithmetic of A. Bolz's Drachennest.
#include <string.h>

#include "include/dlp_print.h"
#include "powers_of_five.h"

typedef struct decimal {
  uint64_t digits;
  int exponent;  // The value is digits * 10^exponent.
} decimal;

static inline int floor_shift(int64_t value, int bits) { return (int)(value >> bits); }

// The upper 64 bits of a product of 192, the last of them set where anything below is.
static inline uint64_t round_to_odd(uint64_t high, uint64_t low, uint64_t factor) {
  const unsigned __int128 lower = (unsigned __int128)low * factor;
  const unsigned __int128 upper =
      (unsigned __int128)high * factor + (uint64_t)(lower >> 64);
  return (uint64_t)(upper >> 64) | ((uint64_t)upper > 1);
}

static decimal shortest(uint64_t fraction, int exponent) {
  const uint64_t hidden = UINT64_C(1) << 52;
  uint64_t c = fraction;
  int q = 1 - 1075;
  if (exponent != 0) {
    c |= hidden;
    q = exponent - 1075;
    if (q <= 0 && q > -53 && (c & ((UINT64_C(1) << -q) - 1)) == 0) return (decimal){c >> -q, 0};
  }
  const int odd = (int)(c & 1);
  const int near = fraction == 0 && exponent > 1;
  const int k = floor_shift((int64_t)q * 1262611 - (near ? 524031 : 0), 22);
  // Beyond the table: below about 1e-291.
  if (k < -308) return (decimal){0, 0};
  const int h = q + floor_shift((int64_t)-k * 1741647, 19) + 1;
  uint64_t high = dlp_powers_of_five[2 * (342 - k)];
  uint64_t low = dlp_powers_of_five[2 * (342 - k) + 1];
  // The table cuts powers off that 128 bits don't hold; here they are rounded up.
  if (-k > 55 && ++low == 0) high++;
  const uint64_t lower = round_to_odd(high, low, (4 * c - 2 + (uint64_t)near) << h) + (uint64_t)odd;
  const uint64_t middle = round_to_odd(high, low, (4 * c) << h);
  const uint64_t upper = round_to_odd(high, low, (4 * c + 2) << h) - (uint64_t)odd;
  const uint64_t s = middle / 4;
  if (s >= 10) {
    const uint64_t tens = s / 10;
    const int below = lower <= 40 * tens, above = 40 * tens + 40 <= upper;
    if (below != above) return (decimal){tens + (uint64_t)above, k + 1};
  }
  const int below = lower <= 4 * s, above = 4 * s + 4 <= upper;
  if (below != above) return (decimal){s + (uint64_t)above, k};
  const uint64_t half = 4 * s + 2;
  return (decimal){s + (middle > half || (middle == half && (s & 1))), k};
}

static const char pairs[] =
    "00010203040506070809101112131415161718192021222324252627282930313233343536373839404142434445464748"
    "49505152535455565758596061626364656667686970717273747576777879808182838485868788899091929394959697"
    "9899";

static inline void eight_digits(uint8_t *out, uint32_t value) {
  const uint32_t upper = value / 10000, lower = value % 10000;
  memcpy(out, pairs + 2 * (upper / 100), 2);
  memcpy(out + 2, pairs + 2 * (upper % 100), 2);
  memcpy(out + 4, pairs + 2 * (lower / 100), 2);
  memcpy(out + 6, pairs + 2 * (lower % 100), 2);
}

// Writes digits so that they end at `end`; where they start.
static inline uint8_t *digits_before(uint8_t *end, uint64_t value) {
  while (value >= 100000000) {
    end -= 8;
    eight_digits(end, (uint32_t)(value % 100000000));
    value /= 100000000;
  }
  while (value >= 100) {
    end -= 2;
    memcpy(end, pairs + 2 * (value % 100), 2);
    value /= 100;
  }
  if (value >= 10) {
    end -= 2;
    memcpy(end, pairs + 2 * value, 2);
  } else {
    *--end = (uint8_t)('0' + value);
  }
  return end;
}

// One digit, a point, the others, and an exponent of at least two digits.
static size_t scientific(uint8_t *out, const uint8_t *digits, int count, int exponent) {
  uint8_t *to = out;
  *to++ = digits[0];
  if (count > 1) {
    *to++ = '.';
    memcpy(to, digits + 1, (size_t)count - 1);
    to += count - 1;
  }
  *to++ = 'e';
  *to++ = exponent < 0 ? '-' : '+';
  const unsigned size = (unsigned)(exponent < 0 ? -exponent : exponent);
  if (size >= 100) *to++ = (uint8_t)('0' + size / 100);
  memcpy(to, pairs + 2 * (size % 100), 2);
  return (size_t)(to + 2 - out);
}

size_t dlp_print_double(double value, uint8_t *out) {
  uint64_t bits;
  memcpy(&bits, &value, 8);
  uint8_t *to = out;
  if (bits >> 63) *to++ = '-';
  bits &= ~(UINT64_C(1) << 63);
  if (bits == 0) {
    memcpy(to, "0.0", 3);
    return (size_t)(to + 3 - out);
  }
  decimal d = shortest(bits & ((UINT64_C(1) << 52) - 1), (int)(bits >> 52));
  if (d.digits == 0) return 0;
  uint8_t text[24];
  uint8_t *const end = text + sizeof text;
  uint8_t *first = digits_before(end, d.digits);
  int count = (int)(end - first);
  // The point stands after this many digits.
  const int point = count + d.exponent;
  while (count > 1 && first[count - 1] == '0') count--;
  const uint64_t largest = UINT64_C(0x4340000000000000);  // 2^53
  if (point < -3 || bits > largest) {
    return (size_t)(to - out) + scientific(to, first, count, point - 1);
  }
  if (point <= 0) {
    memcpy(to, "0.000", 5);
    to += 2 - point;
    memcpy(to, first, (size_t)count);
    to += count;
  } else if (point >= count) {
    memcpy(to, first, (size_t)count);
    memset(to + count, '0', (size_t)(point - count));
    memcpy(to + point, ".0", 2);
    to += point + 2;
  } else {
    memcpy(to, first, (size_t)point);
    to[point] = '.';
    memcpy(to + point + 1, first + point, (size_t)(count - point));
    to += count + 1;
  }
  return (size_t)(to - out);
}
