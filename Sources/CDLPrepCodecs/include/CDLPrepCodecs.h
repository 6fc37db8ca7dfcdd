/// Codecs of other libraries, opened at run time where they are installed.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// gzip by igzip (libisal.so.2 of Intel's ISA-L), two to three times as quick as zlib.
typedef struct dlp_igzip dlp_igzip;

/// What a step came to.
enum {
  /// All input is used or all room is full.
  DLP_IGZIP_MORE = 0,
  /// A member has ended, its checksum and its length are right.
  DLP_IGZIP_END = 1,
  /// The data or their checksum are wrong.
  DLP_IGZIP_DAMAGED = -1,
};

/// Whether the library is installed, and inflates what it is tried on.
int dlp_igzip_works(void);

/// Starts at a member's header; NULL where the library isn't there or memory is short.
dlp_igzip *dlp_igzip_open(void);
void dlp_igzip_close(dlp_igzip *state);

/// Starts over, at the header of the next member.
void dlp_igzip_reset(dlp_igzip *state);

/// Inflates from `*in` to `*out`, and moves both on. Some bytes beyond `*in_count` may be looked at.
int dlp_igzip_step(dlp_igzip *state, const uint8_t **in, size_t *in_count, uint8_t **out,
                   size_t *out_count);

#ifdef __cplusplus
}
#endif
