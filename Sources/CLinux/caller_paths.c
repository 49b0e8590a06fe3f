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

int cl_open_caller(pid_t thread) {
  char name[64];
  snprintf(name, sizeof name, "/proc/%d", (int)thread);
  int caller = open(name, O_PATH | O_DIRECTORY | O_CLOEXEC);
  return caller < 0 ? -errno : caller;
}

ssize_t cl_caller_link(int caller, const char *name, char *buffer, size_t length) {
  ssize_t count = readlinkat(caller, name, buffer, length);
  return count < 0 ? -errno : count;
}

ssize_t cl_caller_descriptor(int caller, int descriptor, char *buffer, size_t length) {
  char name[32];
  snprintf(name, sizeof name, "fd/%d", descriptor);
  return cl_caller_link(caller, name, buffer, length);
}

int cl_caller_root(int caller) {
  int root = openat(caller, "root", O_PATH | O_CLOEXEC);
  return root < 0 ? -errno : root;
}

enum cl_path cl_path_follow(int root, const char *path) {
  struct how how = {.flags = O_PATH | O_CLOEXEC, .resolve = NO_SYMLINKS | IN_ROOT};
  long found = syscall(SYS_openat2, root, path, &how, sizeof how);
  if (found >= 0) {
    close((int)found);
    return cl_path_plain;
  }
  if (errno == ENOENT || errno == ENOTDIR) return cl_path_absent;
  return errno == ELOOP ? cl_path_linked : cl_path_unseen;
}

enum cl_path cl_name_follow(int root, const char *path) {
  char first;
  while (*path == '/') path++;
  if (readlinkat(root, path, &first, sizeof first) >= 0) return cl_path_linked;
  if (errno == EINVAL) return cl_path_plain;
  return errno == ENOENT || errno == ENOTDIR ? cl_path_absent : cl_path_unseen;
}
