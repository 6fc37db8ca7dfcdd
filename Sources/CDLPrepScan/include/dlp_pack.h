/// Columns in few bytes: whole numbers as distances from the least of them, decimals as whole
/// numbers, flags as bits. Whatever is packed comes back bit by bit.
///
/// Rows to skip are bits of `skip`, row i in bit `i & 63` of word `i >> 6`; NULL: none. What comes
/// back in their place is the least value.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// The least and the greatest of some numbers; `any` is 0 where all were skipped.
typedef struct dlp_extent {
  int64_t least;
  int64_t greatest;
  int any;
} dlp_extent;

/// How many decimals nearly all of up to 64 values out of `values` have, from 0 to 16; -1: they
/// are no decimals of so few digits that this would be worth while.
int dlp_decimals(const double *values, const uint64_t *skip, size_t count);

/// Writes `values[i] * power` to `whole[i]` where that is a whole number which gives back the same
/// bits when divided by `power`; marks every other row, and the skipped ones, in `odd`, which has a
/// word for 64 rows. Tells the extent of the whole numbers, and how many rows are marked.
typedef struct dlp_scaled {
  dlp_extent extent;
  size_t odd;
} dlp_scaled;
dlp_scaled dlp_scale(const double *values, const uint64_t *skip, size_t count, double power,
                     int64_t *whole, uint64_t *odd);

/// The extent of whole numbers of 64 or 32 bits.
dlp_extent dlp_extent64(const int64_t *values, const uint64_t *skip, size_t count);
dlp_extent dlp_extent32(const int32_t *values, const uint64_t *skip, size_t count);

/// Writes the lowest `width` bytes (0 to 8) of each `values[i] - base`, in `count * width` bytes that
/// only the functions below can read.
void dlp_narrow64(const int64_t *values, const uint64_t *skip, size_t count, int64_t base,
                  int width, uint8_t *out);
void dlp_narrow32(const int32_t *values, const uint64_t *skip, size_t count, int32_t base,
                  int width, uint8_t *out);

/// The way back.
void dlp_widen64(const uint8_t *in, size_t count, int64_t base, int width, int64_t *out);
void dlp_widen32(const uint8_t *in, size_t count, int32_t base, int width, int32_t *out);

/// The way back to decimals: base and distance lie within 2^51, `width` is at most 6.
void dlp_widen_decimals(const uint8_t *in, size_t count, int64_t base, int width, double power,
                        double *out);

/// Packs flags into bits; returns 0 where one is neither 0 nor 1.
int dlp_narrow_flags(const uint8_t *flags, size_t count, uint64_t *out);
void dlp_widen_flags(const uint64_t *in, size_t count, uint8_t *flags);

#ifdef __cplusplus
}
#endif
