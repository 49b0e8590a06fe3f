#define _GNU_SOURCE
#include "terminal_guard.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>

// One process has one terminal: the state belongs to the process, not to a caller.
static struct termios original;
static atomic_int held = -1;
static atomic_int size_listener = -1;

static const int endings[] = {SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGILL, SIGABRT, SIGBUS, SIGFPE, SIGSEGV, SIGTRAP, SIGSYS};

void cl_terminal_restore(void) {
  int descriptor = atomic_exchange(&held, -1);
  if (descriptor >= 0) tcsetattr(descriptor, TCSANOW, &original);
}

static void restore_and_end(int signal_number) {
  cl_terminal_restore();
  signal(signal_number, SIG_DFL);
  raise(signal_number);
}

int cl_terminal_make_raw(int descriptor, int keep_output) {
  struct termios raw;
  if (tcgetattr(descriptor, &original) < 0) return -errno;
  raw = original;
  cfmakeraw(&raw);
  if (keep_output) raw.c_oflag = original.c_oflag;
  for (size_t index = 0; index < sizeof endings / sizeof *endings; index++) {
    struct sigaction current;
    if (sigaction(endings[index], NULL, &current) < 0 || current.sa_handler != SIG_DFL) continue;
    struct sigaction action = {.sa_handler = restore_and_end};
    sigaction(endings[index], &action, NULL);
  }
  static int registered = 0;
  if (!registered) registered = atexit(cl_terminal_restore) == 0;
  if (tcsetattr(descriptor, TCSANOW, &raw) < 0) return -errno;
  atomic_store(&held, descriptor);
  return 0;
}

static void tell_size(int signal_number) {
  (void)signal_number;
  int saved = errno;
  int descriptor = atomic_load(&size_listener);
  if (descriptor >= 0 && write(descriptor, "w", 1) < 0) errno = saved;
  errno = saved;
}

int cl_terminal_notify_size(int descriptor) {
  atomic_store(&size_listener, descriptor);
  struct sigaction action = {.sa_handler = descriptor < 0 ? SIG_DFL : tell_size, .sa_flags = SA_RESTART};
  return sigaction(SIGWINCH, &action, NULL) < 0 ? -errno : 0;
}
