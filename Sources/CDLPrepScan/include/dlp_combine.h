/// Sums of columns, each times its weight.
#pragma once

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/// How many rows are worked on at a time, and for how many outputs.
enum { dlp_together = 64, dlp_outputs = 4 };

/// For each output o and row r, `sums[64 o + r]` becomes `starts[o]` and, added in the order of the inputs
/// i, `columns[64 i + r] * weights[o * inputs + i]`.
void dlp_combine(const double *columns, size_t inputs, const double *weights, const double *starts,
                 double *sums);

#ifdef __cplusplus
}
#endif
