#define _GNU_SOURCE
#include "landlock.h"

#include <errno.h>
#include <stddef.h>
#include <sys/syscall.h>
#include <unistd.h>

// Own declarations: the build machine's headers may be older than the kernel this runs on (linux/landlock.h).
#define CREATE_RULESET 444
#define ADD_RULE 445
#define RESTRICT_SELF 446
#define CREATE_RULESET_VERSION 1u
#define RULE_PATH_BENEATH 1

struct ruleset_attributes {
  uint64_t handled_access_fs;
  uint64_t handled_access_net;
  uint64_t scoped;
};

struct path_beneath {
  uint64_t allowed_access;
  int32_t parent_fd;
} __attribute__((packed));

static int result_of(long value) { return value < 0 ? -errno : (int)value; }

int cl_landlock_abi(void) { return result_of(syscall(CREATE_RULESET, NULL, 0, CREATE_RULESET_VERSION)); }

int cl_landlock_create(int abi, uint64_t files, uint64_t network, uint64_t scoped) {
  struct ruleset_attributes attributes = {files, network, scoped};
  size_t size = abi >= 6   ? sizeof attributes
                : abi >= 4 ? offsetof(struct ruleset_attributes, scoped)
                           : offsetof(struct ruleset_attributes, handled_access_net);
  return result_of(syscall(CREATE_RULESET, &attributes, size, 0));
}

int cl_landlock_allow(int ruleset, int parent, uint64_t rights) {
  struct path_beneath rule = {rights, parent};
  return result_of(syscall(ADD_RULE, ruleset, RULE_PATH_BENEATH, &rule, 0));
}

int cl_landlock_restrict(int ruleset) { return result_of(syscall(RESTRICT_SELF, ruleset, 0)); }
