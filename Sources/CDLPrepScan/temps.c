// Registered temporary files: a fixed table of pointers, as a handler may neither lock nor allocate.
#include "include/dlp_temps.h"

#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

enum { room = 256 };

static _Atomic(char *) paths[room];
// A child that was forked must not remove its parent's files.
static _Atomic(pid_t) owner;

int dlp_temps_add(const char *path) {
  atomic_store(&owner, getpid());
  char *copy = strdup(path);
  if (!copy) return -1;
  for (int slot = 0; slot < room; slot++) {
    char *none = NULL;
    if (atomic_compare_exchange_strong(&paths[slot], &none, copy)) return slot;
  }
  free(copy);
  return -1;
}

void dlp_temps_remove(int slot) {
  if (slot < 0 || slot >= room) return;
  free(atomic_exchange(&paths[slot], NULL));
}

void dlp_temps_unlink_all(void) {
  if (atomic_load(&owner) != getpid()) return;
  for (int slot = 0; slot < room; slot++) {
    // Not freed: this may run in the middle of malloc.
    char *path = atomic_exchange(&paths[slot], NULL);
    if (path) unlink(path);
  }
}

static atomic_int held;
static atomic_int waiting;

static void on_signal(int number) {
  if (atomic_load(&held) > 0) {
    atomic_store(&waiting, number);
    return;
  }
  dlp_temps_unlink_all();
  signal(number, SIG_DFL);
  raise(number);
}

void dlp_temps_handle_signals(void) {
  const int numbers[] = {SIGINT, SIGTERM, SIGHUP};
  for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++) {
    struct sigaction action, before;
    if (sigaction(numbers[i], NULL, &before) == 0 && before.sa_handler == SIG_IGN) continue;
    memset(&action, 0, sizeof action);
    action.sa_handler = on_signal;
    sigemptyset(&action.sa_mask);
    sigaction(numbers[i], &action, NULL);
  }
}

void dlp_temps_hold(void) { atomic_fetch_add(&held, 1); }

void dlp_temps_release(void) {
  if (atomic_fetch_sub(&held, 1) != 1) return;
  const int number = atomic_exchange(&waiting, 0);
  if (number) raise(number);
}

void dlp_ignore_sigxfsz(void) { signal(SIGXFSZ, SIG_IGN); }

void dlp_ignore_sigpipe(void) { signal(SIGPIPE, SIG_IGN); }
