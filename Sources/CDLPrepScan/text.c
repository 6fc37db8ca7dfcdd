// UTF-8 and lines. The loops over whole words are written so that compilers vectorise them.
#include <string.h>

#include "include/dlp_text.h"

// How many bytes at the start are ASCII, in steps of 64, then 8.
static size_t ascii_prefix(const uint8_t *p, size_t n) {
  size_t i = 0;
  for (; i + 64 <= n; i += 64) {
    uint64_t w[8], any = 0;
    memcpy(w, p + i, 64);
    for (int k = 0; k < 8; k++) any |= w[k];
    if (any & 0x8080808080808080ULL) break;
  }
  for (; i + 8 <= n; i += 8) {
    uint64_t w;
    memcpy(&w, p + i, 8);
    if (w & 0x8080808080808080ULL) break;
  }
  return i;
}

static inline int continues(uint8_t byte) { return (byte & 0xC0) == 0x80; }

// The length of the valid sequence at p, or 0. The second byte's range (Unicode, table 3-7) is
// what rules out overlong forms, surrogates and values above U+10FFFF.
static inline size_t sequence(const uint8_t *p, size_t n) {
  const uint8_t lead = p[0];
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  if (lead < 0xE0) return n >= 2 && continues(p[1]) ? 2 : 0;
  if (lead < 0xF0) {
    if (n < 3 || !continues(p[1]) || !continues(p[2])) return 0;
    if (lead == 0xE0 && p[1] < 0xA0) return 0;
    if (lead == 0xED && p[1] > 0x9F) return 0;
    return 3;
  }
  if (n < 4 || !continues(p[1]) || !continues(p[2]) || !continues(p[3])) return 0;
  if (lead == 0xF0 && p[1] < 0x90) return 0;
  if (lead == 0xF4 && p[1] > 0x8F) return 0;
  return 4;
}

size_t dlp_utf8_valid_prefix(const uint8_t *bytes, size_t n) {
  size_t i = 0;
  while (i < n) {
    i += ascii_prefix(bytes + i, n - i);
    // Mixed text: sequences one by one for a while before trying whole words again.
    for (int k = 0; k < 16 && i < n; k++) {
      const size_t length = sequence(bytes + i, n - i);
      if (length == 0) return i;
      i += length;
    }
  }
  return n;
}

typedef uint8_t u8x32 __attribute__((vector_size(32)));

size_t dlp_line_ends(const uint8_t *bytes, size_t n) {
  size_t count = 0, i = 0;
  if (n == 0) return 0;
  // Byte-wide counters, added up before any of them can overflow.
  while (i + 33 <= n) {
    u8x32 lanes = {0};
    for (int round = 0; round < 255 && i + 33 <= n; round++, i += 32) {
      u8x32 here, next;
      memcpy(&here, bytes + i, 32);
      memcpy(&next, bytes + i + 1, 32);
      lanes -= (u8x32)((here == '\n') | ((here == '\r') & (next != '\n')));
    }
    for (int lane = 0; lane < 32; lane++) count += lanes[lane];
  }
  for (; i + 1 < n; i++)
    count += (size_t)((bytes[i] == '\n') | ((bytes[i] == '\r') & (bytes[i + 1] != '\n')));
  return count + (bytes[n - 1] == '\n' || bytes[n - 1] == '\r');
}

size_t dlp_scalars(const uint8_t *bytes, size_t n) {
  size_t count = 0;
  for (size_t i = 0; i < n; i++) count += (size_t)!continues(bytes[i]);
  return count;
}

size_t dlp_find(const uint8_t *bytes, size_t n, uint8_t value) {
  if (n == 0) return n;
  const uint8_t *found = memchr(bytes, value, n);
  return found ? (size_t)(found - bytes) : n;
}
