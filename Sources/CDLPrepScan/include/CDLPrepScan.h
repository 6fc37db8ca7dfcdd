/// The byte scanner: what has to be done for every byte of an input, in C, because masks of wide
/// vectors compile to scalar loops in Swift. One call handles a whole block. So do products of columns
/// and distances of rows, which are as many as their pairs.
#pragma once

#include "dlp_combine.h"
#include "dlp_index.h"
#include "dlp_memory.h"
#include "dlp_near.h"
#include "dlp_number.h"
#include "dlp_pack.h"
#include "dlp_print.h"
#include "dlp_products.h"
#include "dlp_rows.h"
#include "dlp_sha256.h"
#include "dlp_temps.h"
#include "dlp_text.h"
