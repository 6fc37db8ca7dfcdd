/// The C library's memory.
#pragma once

#ifdef __cplusplus
extern "C" {
#endif

/// Has large memory go back to the system when it is freed. Otherwise the C library raises its limits
/// with every large buffer that is freed, and keeps what was left behind as others grew.
void dlp_give_memory_back(void);

#ifdef __cplusplus
}
#endif
