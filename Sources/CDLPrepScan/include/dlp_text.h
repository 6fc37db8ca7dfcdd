/// Facts about text as bytes.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The offset of the first byte that isn't part of valid UTF-8, or `n`. Overlong forms,
/// surrogates and values above U+10FFFF are refused; of a bad or cut sequence it is the first byte.
size_t dlp_utf8_valid_prefix(const uint8_t *bytes, size_t n);

/// How many physical line ends there are: LF, and CR not followed by LF. A CR as the last byte
/// counts.
size_t dlp_line_ends(const uint8_t *bytes, size_t n);

/// How many Unicode scalars valid UTF-8 holds: the bytes that continue none.
size_t dlp_scalars(const uint8_t *bytes, size_t n);

/// The offset of the first byte of a value, or `n`.
size_t dlp_find(const uint8_t *bytes, size_t n, uint8_t value);

#ifdef __cplusplus
}
#endif
