#define _GNU_SOURCE
#include "caller_paths.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <sys/syscall.h>
#include <unistd.h>

// Own declarations: the build machine's headers may be older than openat2(2) (linux/openat2.h).
#ifndef SYS_openat2
#define SYS_openat2 437
#endif
#define NO_SYMLINKS 0x04
#define IN_ROOT 0x10

struct how {
  uint64_t flags;
  uint64_t mode;
  uint64_t resolve;
};

int cl_open_root(pid_t thread) {
  char name[64];
  snprintf(name, sizeof name, "/proc/%d/root", (int)thread);
  int root = open(name, O_PATH | O_CLOEXEC);
  return root < 0 ? -errno : root;
}

int cl_path_has_links(int root, const char *path) {
  struct how how = {.flags = O_PATH | O_CLOEXEC, .resolve = NO_SYMLINKS | IN_ROOT};
  long found = syscall(SYS_openat2, root, path, &how, sizeof how);
  int failure = errno;
  if (found >= 0) close((int)found);
  if (found >= 0 || failure == ENOENT || failure == ENOTDIR) return 0;
  return failure == ELOOP ? 1 : -failure;
}
