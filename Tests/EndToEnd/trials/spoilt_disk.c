// Stands between sallyport and the C library, and spoils what it is told to: the ledger's writes, or the clock.
//
// Preloaded by the trials only. What to do stands in a file that the test maps as well, so that it can change its mind
// while a run is under way; without that file nothing is changed.
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

struct orders {
  volatile int32_t error;          // errno of every change beneath ledger/; 0 for none
  volatile int32_t delay;          // microseconds in the middle of every write beneath ledger/
  volatile int64_t clock_seconds;  // added to the time of day
};

static struct orders none;
static struct orders *orders = &none;

__attribute__((constructor)) static void begin(void) {
  const char *path = getenv("SPOILT_DISK");
  int file = path ? open(path, O_RDONLY | O_CLOEXEC) : -1;
  if (file < 0) return;
  void *mapped = mmap(NULL, sizeof(struct orders), PROT_READ, MAP_SHARED, file, 0);
  if (mapped != MAP_FAILED) orders = mapped;
  close(file);
}

static int is_ledger(int descriptor) {
  char link[64], path[PATH_MAX];
  snprintf(link, sizeof link, "/proc/self/fd/%d", descriptor);
  ssize_t length = readlink(link, path, sizeof path - 1);
  if (length < 0) return 0;
  path[length] = 0;
  return strstr(path, "/sallyport/ledger") != NULL;
}

static int spoils(int descriptor) {
  if (orders->error == 0 || !is_ledger(descriptor)) return 0;
  errno = orders->error;
  return 1;
}

#define REAL(name) ((__typeof__(&name))dlsym(RTLD_NEXT, #name))

ssize_t pwrite(int descriptor, const void *bytes, size_t count, off_t offset) {
  if (spoils(descriptor)) return -1;
  if (orders->delay == 0 || count < 2 || !is_ledger(descriptor)) return REAL(pwrite)(descriptor, bytes, count, offset);
  ssize_t first = REAL(pwrite)(descriptor, bytes, count / 2, offset);
  if (first < 0) return first;
  usleep((useconds_t)orders->delay);
  ssize_t rest = REAL(pwrite)(descriptor, (const char *)bytes + first, count - (size_t)first, offset + first);
  return rest < 0 ? rest : first + rest;
}

int fdatasync(int descriptor) {
  if (spoils(descriptor)) return -1;
  if (orders->delay && is_ledger(descriptor)) usleep((useconds_t)orders->delay);
  return REAL(fdatasync)(descriptor);
}

int ftruncate(int descriptor, off_t length) { return spoils(descriptor) ? -1 : REAL(ftruncate)(descriptor, length); }

int linkat(int from, const char *old, int to, const char *name, int flags) {
  return spoils(to) ? -1 : REAL(linkat)(from, old, to, name, flags);
}

int renameat(int from, const char *old, int to, const char *name) {
  return spoils(to) ? -1 : REAL(renameat)(from, old, to, name);
}

int mkdirat(int directory, const char *name, mode_t mode) {
  return spoils(directory) ? -1 : REAL(mkdirat)(directory, name, mode);
}

int openat(int directory, const char *name, int flags, ...) {
  va_list rest;
  va_start(rest, flags);
  mode_t mode = flags & (O_CREAT | O_TMPFILE) ? va_arg(rest, mode_t) : 0;
  va_end(rest);
  if ((flags & (O_CREAT | O_WRONLY | O_RDWR)) && directory >= 0 && spoils(directory)) return -1;
  return REAL(openat)(directory, name, flags, mode);
}

int clock_gettime(clockid_t clock, struct timespec *time) {
  int result = REAL(clock_gettime)(clock, time);
  if (result == 0 && clock == CLOCK_REALTIME) time->tv_sec += orders->clock_seconds;
  return result;
}

int gettimeofday(struct timeval *restrict now, void *restrict zone) {
  int result = REAL(gettimeofday)(now, zone);
  if (result == 0) now->tv_sec += orders->clock_seconds;
  return result;
}

time_t time(time_t *stored) {
  time_t now = REAL(time)(NULL) + orders->clock_seconds;
  if (stored) *stored = now;
  return now;
}
