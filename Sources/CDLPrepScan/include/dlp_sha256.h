/// SHA-256 with the processor's own instructions.
#pragma once

#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Whether this machine has instructions for SHA-256.
int dlp_sha256_supported(void);

/// Mixes whole blocks of 64 bytes into the eight words of a state; does nothing where
/// `dlp_sha256_supported` is 0.
void dlp_sha256_blocks(uint32_t *state, const uint8_t *bytes, size_t blocks);

#ifdef __cplusplus
}
#endif
