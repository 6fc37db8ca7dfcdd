// Ten million decimal numbers, most of them nasty, read by the scanner and by the C library: the bits must be the same.
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "dlp_number.h"

static uint64_t state = 1;

static uint64_t draw(void) {  // splitmix64
  uint64_t z = state += 0x9E3779B97F4A7C15;
  z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
  z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
  return z ^ (z >> 31);
}

static double from_bits(uint64_t bits) {
  double x;
  memcpy(&x, &bits, 8);
  return x;
}

static double any_finite(void) {
  double x;
  do x = from_bits(draw());
  while (!isfinite(x));
  return x;
}

// Digits, with a point somewhere and an exponent that may be at the edge.
static int digits(char *out, int count, int edge) {
  int n = 0;
  if (draw() % 4 == 0) out[n++] = '-';
  for (int zeros = draw() % 3 == 0 ? (int)(draw() % 30) : 0; zeros > 0; zeros--) out[n++] = '0';
  const int point = (int)(draw() % (uint64_t)(count + 1));
  for (int i = 0; i < count; i++) {
    if (i == point && i > 0) out[n++] = '.';
    out[n++] = (char)('0' + draw() % 10);
  }
  const int exponent = edge ? (draw() % 2 ? 308 : -324) - count / 2 + (int)(draw() % 40) - 20
                            : (int)(draw() % 700) - 350;
  return n + sprintf(out + n, "e%d", exponent);
}

// The exact middle between two neighbours, or a hair above or below it.
static int halfway(char *out) {
  const double low = fabs(draw() % 4 == 0 ? from_bits(draw() >> 12) : any_finite());
  const double high = nextafter(low, INFINITY);
  if (!isfinite(high)) return sprintf(out, "%.17g", low);
  const long double middle = ((long double)low + (long double)high) / 2;
  int n = sprintf(out, "%.800Le", middle);
  char *const e = strchr(out, 'e');
  char exponent[16];
  strcpy(exponent, e);
  switch (draw() % 3) {
    case 0: n = (int)(e - out); break;
    case 1: n = (int)(e - out); out[n++] = '1'; break;  // above
    default: {  // below: the last digit that isn't 0, less one, then nines
      n = (int)(e - out);
      int i = n - 1;
      while (i > 0 && (out[i] == '0' || out[i] == '.')) i--;
      if (i == 0 && out[0] == '0') break;
      out[i]--;
      for (int k = i + 1; k < n; k++) if (out[k] != '.') out[k] = '9';
    }
  }
  return n + sprintf(out + n, "%s", exponent);
}

static int text(char *out, uint64_t kind) {
  switch (kind) {
    case 0: return sprintf(out, "%.17g", any_finite());
    case 1: return sprintf(out, "%.*g", 1 + (int)(draw() % 18), any_finite());
    case 2: return sprintf(out, "%.*f", (int)(draw() % 12), (double)(int64_t)draw() / (double)(1 + draw() % 1000000000));
    case 3: return sprintf(out, "%.17g", from_bits(draw() >> 12));  // subnormal
    case 4: return digits(out, 1 + (int)(draw() % 25), 0);
    case 5: return digits(out, 1 + (int)(draw() % 25), 1);
    case 6: return sprintf(out, "%lld.%02d", (long long)(draw() % 1000000), (int)(draw() % 100));
    default: return draw() % 20 == 0 ? digits(out, 700 + (int)(draw() % 200), (int)(draw() % 2)) : halfway(out);
  }
}

int main(int argc, char **argv) {
  const long long wanted = argc > 1 ? atoll(argv[1]) : 10000000;
  static char buffer[4096];
  long long differences = 0, overflows = 0;
  for (long long i = 0; i < wanted; i++) {
    // Halfway and long ones cost a hundred times as much: one in forty.
    const uint64_t kind = draw() % 40 == 0 ? 7 : draw() % 7;
    const int n = text(buffer, kind);
    buffer[n] = 0;
    double ours = 0;
    const int result = dlp_parse_double((const uint8_t *)buffer, (size_t)n, &ours);
    const double theirs = strtod(buffer, NULL);
    uint64_t a, b;
    memcpy(&a, &ours, 8);
    memcpy(&b, &theirs, 8);
    const int same = isinf(theirs) ? result == dlp_number_overflow : result == dlp_number_ok && a == b;
    overflows += isinf(theirs);
    if (!same && differences++ < 10) printf("differs: %.60s... (%d bytes): %a, not %a, result %d\n", buffer, n, ours, theirs, result);
  }
  printf("%lld numbers, %lld of them too large, %lld differences\n", wanted, overflows, differences);
  return differences > 0;
}
