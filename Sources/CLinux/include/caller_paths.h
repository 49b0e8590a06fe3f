#pragma once

#include <stddef.h>
#include <sys/types.h>

/// A handle on the directory that /proc has of a thread, close-on-exec; a negative errno where it has gone.
int cl_open_caller(pid_t thread);
/// Beneath such a handle: what the symbolic link of this name says, not terminated. Gives the count, or a negative errno;
/// -ESRCH where the thread has gone.
ssize_t cl_caller_link(int caller, const char *name, char *buffer, size_t length);
/// The same for the link that stands for one of its descriptors.
ssize_t cl_caller_descriptor(int caller, int descriptor, char *buffer, size_t length);
/// A handle on the root directory of the thread, close-on-exec; a negative errno where it cannot be had.
int cl_caller_root(int caller);

/// What a path leads to.
enum cl_path {
  /// A file, without a symbolic link on the way.
  cl_path_plain,
  /// Nothing, and there was no symbolic link before the name that is missing.
  cl_path_absent,
  /// Somewhere by a symbolic link.
  cl_path_linked,
  /// What cannot be seen.
  cl_path_unseen,
};

/// Follows an absolute path beneath a root as far as no symbolic link is met.
enum cl_path cl_path_follow(int root, const char *path);
/// The same for a path of which only the last name may be a symbolic link. Cheaper: nothing is opened.
enum cl_path cl_name_follow(int root, const char *path);
