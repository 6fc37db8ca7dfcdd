/// Numbers as text.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Writes the shortest decimal text that reads back to a finite double, of those the closest to it,
/// as Swift and Python print it: `1.0`, `0.1`, `1e-05`, `1.5e+16`. `out` has room for 32 bytes.
/// Returns how many bytes were written; 0 where the number is too small for the table behind it.
size_t dlp_print_double(double value, uint8_t *out);

#ifdef __cplusplus
}
#endif
