// Chooses the quickest implementation of the index that this machine has.
#include <stdatomic.h>

#include "index_kinds.h"

int dlp_index_supported(dlp_kind kind) {
  switch (kind) {
    case dlp_kind_portable:
      return 1;
#if defined(__x86_64__)
    case dlp_kind_sse:
      return __builtin_cpu_supports("sse4.2") && __builtin_cpu_supports("popcnt") &&
             __builtin_cpu_supports("pclmul");
    case dlp_kind_avx2:
      return dlp_index_supported(dlp_kind_sse) && __builtin_cpu_supports("avx2") &&
             __builtin_cpu_supports("bmi");
    case dlp_kind_avx512:
      return dlp_index_supported(dlp_kind_avx2) && __builtin_cpu_supports("avx512f") &&
             __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vl") &&
             __builtin_cpu_supports("avx512vbmi2");
#endif
#if defined(__aarch64__)
    case dlp_kind_neon:
      return 1;
#endif
    default:
      return 0;
  }
}

static dlp_index_function function(dlp_kind kind) {
  if (!dlp_index_supported(kind)) return dlp_index_portable;
  switch (kind) {
#if defined(__x86_64__)
    case dlp_kind_sse:
      return dlp_index_sse;
    case dlp_kind_avx2:
      return dlp_index_avx2;
    case dlp_kind_avx512:
      return dlp_index_avx512;
#endif
#if defined(__aarch64__)
    case dlp_kind_neon:
      return dlp_index_neon;
#endif
    default:
      return dlp_index_portable;
  }
}

dlp_kind dlp_index_best(void) {
  static const dlp_kind order[] = {dlp_kind_avx512, dlp_kind_avx2, dlp_kind_sse, dlp_kind_neon};
  for (size_t i = 0; i < sizeof order / sizeof order[0]; i++)
    if (dlp_index_supported(order[i])) return order[i];
  return dlp_kind_portable;
}

size_t dlp_index(const uint8_t *bytes, size_t n, uint8_t delimiter, uint8_t quote,
                 dlp_scan_state *state, uint32_t *positions, dlp_scan_info *info) {
  static _Atomic(dlp_index_function) chosen = NULL;
  dlp_index_function index = atomic_load_explicit(&chosen, memory_order_relaxed);
  if (!index) {
    index = function(dlp_index_best());
    atomic_store_explicit(&chosen, index, memory_order_relaxed);
  }
  return index(bytes, n, delimiter, quote, state, positions, info);
}

size_t dlp_index_with(dlp_kind kind, const uint8_t *bytes, size_t n, uint8_t delimiter,
                      uint8_t quote, dlp_scan_state *state, uint32_t *positions,
                      dlp_scan_info *info) {
  return function(kind)(bytes, n, delimiter, quote, state, positions, info);
}

size_t dlp_index_end(dlp_scan_state *state, uint32_t *positions, dlp_scan_info *info) {
  if (state->inside && info->error == dlp_scan_ok) {
    info->error = dlp_scan_unterminated_quote;
    info->error_at = state->opened;
  }
  if (!state->pending_cr) return 0;
  state->pending_cr = 0;
  info->line_ends++;
  if (state->inside) return 0;
  info->record_ends++;
  positions[0] = (uint32_t)(state->offset - 1);
  return 1;
}
