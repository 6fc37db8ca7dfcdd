/// Exact sums of products of whole numbers, for covariances.
///
/// A number stands in three planes of 32 bits: its high part, its low part (it is high * unit + low),
/// and the sum of both. Three sums of products of 64 bits then make one of 128 (Karatsuba): of high
/// parts, of low parts, and of the sums, which less both others is what the mixed products add up to.
/// 16 columns stand together in a panel, row by row: column c of the first 8 at place 2c, of the others
/// at 2(c - 8) + 1, because vector units multiply every other number.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How many columns a panel has.
enum { dlp_panel = 16 };

/// How numbers become whole ones, ((x - center) * factor * factor2) rounded, halves away from zero,
/// and what a high part counts: a power of 2.
typedef struct dlp_fixed {
  double center, factor, factor2, unit;
} dlp_fixed;

/// The sums of a column's parts.
typedef struct dlp_parts {
  int64_t high, low;
} dlp_parts;

/// Fills a column of a panel whose 3 or 4 planes lie `plane` numbers apart. With a fourth one, row i is
/// left out, and 0, where bit (first + i) of `skip` is set (NULL: nowhere); that plane is 1 elsewhere.
dlp_parts dlp_fill(const double *values, size_t count, const uint64_t *skip, size_t first,
                   dlp_fixed how, int32_t *panel, int column, size_t plane, int planes);

/// sums[16 * i + j] becomes the sum of products of column i of one plane and column j of another.
void dlp_products(const int32_t *a, const int32_t *b, size_t rows, int64_t *sums);
/// The same without vector units.
void dlp_products_plain(const int32_t *a, const int32_t *b, size_t rows, int64_t *sums);

/// Of some rows of a panel of 4 planes, 16 sums each: of the high parts, the low parts, the products
/// high * high, high * low and low * low, and how many rows have a number.
void dlp_some_rows(const int32_t *panel, size_t plane, const uint32_t *rows, size_t count,
                   int64_t *sums);

#ifdef __cplusplus
}
#endif
