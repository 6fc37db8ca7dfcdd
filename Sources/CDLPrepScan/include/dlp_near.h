/// Distances of a row to points, 64 of them at a time: a block, in which the points' values stand axis
/// by axis, NaN where one is missing.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How many points a block has.
enum { dlp_points = 64 };

/// What the difference of two values counts: its square, its share of a range (`count`), or `count`
/// where they differ at all.
typedef enum dlp_measure { dlp_square, dlp_share, dlp_other } dlp_measure;

/// A row's value on an axis.
typedef struct dlp_value {
  size_t axis;
  double value, count;
  dlp_measure measure;
} dlp_value;

/// A bit for each point whose distance is at most `limit`, and its distance in `distances`: the mean of
/// what the differences count, added in the order of the row's values, over those that the point has.
/// What the other distances are means nothing. Without `has_gaps` no value of a point is missing.
uint64_t dlp_near(const double *block, const dlp_value *row, size_t count, int has_gaps, double limit,
                  double *distances);

#ifdef __cplusplus
}
#endif
