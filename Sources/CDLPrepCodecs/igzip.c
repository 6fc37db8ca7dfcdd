// igzip without its header: what the public igzip_lib.h of ISA-L 2.x says of its decoder.
#include "include/CDLPrepCodecs.h"

#include <dlfcn.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

enum { gzip_wrapper = 1, block_finish = 5, short_symbols = 1 << 12, short_distances = 1 << 10 };

// struct inflate_state up to what is used here; the tables are those of the library's own sizes.
typedef struct {
  uint8_t *next_out;
  uint32_t avail_out;
  uint32_t total_out;
  uint8_t *next_in;
  uint64_t read_in;
  uint32_t avail_in;
  int32_t read_in_length;
  uint32_t symbols[short_symbols];
  uint16_t long_symbols[1264];
  uint16_t distances[short_distances];
  uint16_t long_distances[80];
  int32_t block_state;
  uint32_t dict_length;
  uint32_t bfinal;
  uint32_t crc_flag;
  // What follows is the library's own: about 66 KiB of buffers.
  uint8_t rest[1 << 18];
} inflate_state;

struct dlp_igzip {
  inflate_state state;
  // How many bytes of the member's fixed header have been seen; its flags are the fourth.
  int header;
};

static pthread_once_t once = PTHREAD_ONCE_INIT;
static void (*init)(inflate_state *);
static void (*restart)(inflate_state *);
static int (*inflate)(inflate_state *);
static int works;

static void begin(dlp_igzip *self) {
  self->state.crc_flag = gzip_wrapper;
  self->header = 0;
}

// "gzip" packed by gzip, and what it must come to: the layout above is right, or nothing is used.
static const uint8_t sample[24] = {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 0x4b, 0xaf,
                                   0xca, 0x2c, 0, 0, 0xf2, 0x5c, 0xe9, 0x3a, 4, 0, 0, 0};

static int passes_trial(void) {
  dlp_igzip *self = calloc(1, sizeof *self);
  if (!self) return 0;
  init(&self->state);
  begin(self);
  uint8_t bytes[16] = {0};
  const uint8_t *in = sample;
  uint8_t *out = bytes;
  size_t in_count = sizeof sample, out_count = sizeof bytes;
  const int result = dlp_igzip_step(self, &in, &in_count, &out, &out_count);
  const int passed = result == DLP_IGZIP_END && in_count == 0 && out_count == sizeof bytes - 4 &&
                     memcmp(bytes, "gzip", 4) == 0;
  free(self);
  return passed;
}

static void load(void) {
  const char *choice = getenv("DLPREP_GZIP");
  if (choice && strcmp(choice, "zlib") == 0) return;
  void *library = dlopen("libisal.so.2", RTLD_NOW | RTLD_LOCAL);
  if (!library) return;
  *(void **)&init = dlsym(library, "isal_inflate_init");
  *(void **)&restart = dlsym(library, "isal_inflate_reset");
  *(void **)&inflate = dlsym(library, "isal_inflate");
  if (init && restart && inflate && passes_trial()) {
    works = 1;
  } else {
    dlclose(library);
  }
}

int dlp_igzip_works(void) {
  pthread_once(&once, load);
  return works;
}

dlp_igzip *dlp_igzip_open(void) {
  if (!dlp_igzip_works()) return NULL;
  dlp_igzip *self = calloc(1, sizeof *self);
  if (!self) return NULL;
  init(&self->state);
  begin(self);
  return self;
}

void dlp_igzip_close(dlp_igzip *self) { free(self); }

void dlp_igzip_reset(dlp_igzip *self) {
  restart(&self->state);
  begin(self);
}

int dlp_igzip_step(dlp_igzip *self, const uint8_t **in, size_t *in_count, uint8_t **out,
                   size_t *out_count) {
  inflate_state *state = &self->state;
  const uint32_t most = UINT32_C(1) << 30;
  const uint32_t given = *in_count < most ? (uint32_t)*in_count : most;
  const uint32_t room = *out_count < most ? (uint32_t)*out_count : most;
  // Flags that no version of gzip has defined: the library passes over them.
  for (uint32_t i = 0; i < given && self->header < 4; i++, self->header++)
    if (self->header == 3 && ((*in)[i] & 0xE0)) return DLP_IGZIP_DAMAGED;
  state->next_in = (uint8_t *)*in;
  state->avail_in = given;
  state->next_out = *out;
  state->avail_out = room;
  const int result = inflate(state);
  if (state->avail_out > room) return DLP_IGZIP_DAMAGED;
  *out += room - state->avail_out;
  *out_count -= room - state->avail_out;
  // Where a header is damaged, the library counts on below 0.
  if (result < 0 || result > 2 || state->avail_in > given) return DLP_IGZIP_DAMAGED;
  *in += given - state->avail_in;
  *in_count -= given - state->avail_in;
  return state->block_state == block_finish ? DLP_IGZIP_END : DLP_IGZIP_MORE;
}
