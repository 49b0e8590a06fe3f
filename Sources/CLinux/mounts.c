#define _GNU_SOURCE
#include "mounts.h"

#include <errno.h>
#include <sched.h>
#include <stdio.h>
#include <sys/mount.h>
#include <sys/xattr.h>
#include <unistd.h>

int cl_new_mount_namespace(void) { return CLONE_NEWNS; }

int cl_make_mounts_private(void) { return mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 ? 0 : -errno; }

int cl_mount_overlay(int lower, int upper, int work, const char *target) {
  char options[192];
  // By number: no character of a path has a meaning then, and /proc/self/mountinfo tells nobody where they are.
  snprintf(options, sizeof options,
           "lowerdir=/proc/self/fd/%d,upperdir=/proc/self/fd/%d,workdir=/proc/self/fd/%d,userxattr", lower, upper, work);
  return mount("overlay", target, "overlay", MS_NOSUID | MS_NODEV, options) == 0 ? 0 : -errno;
}

int cl_overlay_is_marked(int descriptor, const char *name) {
  char mark[64], value[2];
  snprintf(mark, sizeof mark, "user.overlay.%s", name);
  ssize_t length = fgetxattr(descriptor, mark, value, sizeof value);
  // "x" of an opaque directory, since Linux 6.7, means something else.
  if (length >= 0) return length == 1 && value[0] == 'y';
  return errno == ENODATA || errno == ERANGE ? 0 : -errno;
}

int cl_sync_file_system(int descriptor) { return syncfs(descriptor) == 0 ? 0 : -errno; }
