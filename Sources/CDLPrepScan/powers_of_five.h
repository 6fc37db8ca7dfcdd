// The table behind the number parser.
#pragma once

#include <stdint.h>

// 5^q for q = -342 ... 308, two words each, the high one first.
extern const uint64_t dlp_powers_of_five[2 * 651];
