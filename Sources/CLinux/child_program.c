#define _GNU_SOURCE
#include "child_program.h"

#include <errno.h>
#include <signal.h>
#include <spawn.h>
#include <sys/prctl.h>

pid_t cl_child_program(
    const char *path, char *const arguments[], char *const environment[], const char *directory, const int streams[3],
    int own_session) {
  posix_spawn_file_actions_t actions;
  posix_spawnattr_t attributes;
  posix_spawn_file_actions_init(&actions);
  posix_spawnattr_init(&attributes);
  for (int stream = 0; stream < 3; stream++) posix_spawn_file_actions_adddup2(&actions, streams[stream], stream);
  posix_spawn_file_actions_addchdir_np(&actions, directory);
  sigset_t none, all;
  sigemptyset(&none);
  sigfillset(&all);
  posix_spawnattr_setsigmask(&attributes, &none);
  posix_spawnattr_setsigdefault(&attributes, &all);
  short flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF;
  posix_spawnattr_setflags(&attributes, own_session ? flags | POSIX_SPAWN_SETSID : flags);
  pid_t child = 0;
  int failure = posix_spawn(&child, path, &actions, &attributes, arguments, environment);
  posix_spawn_file_actions_destroy(&actions);
  posix_spawnattr_destroy(&attributes);
  return failure == 0 ? child : -failure;
}

int cl_adopt_orphans(int adopts) { return prctl(PR_SET_CHILD_SUBREAPER, adopts, 0, 0, 0) < 0 ? -errno : 0; }
