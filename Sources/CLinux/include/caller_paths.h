#pragma once

#include <sys/types.h>

/// A handle on the root directory of another thread, close-on-exec; a negative errno where it cannot be had.
int cl_open_root(pid_t thread);
/// Whether the kernel would follow a symbolic link on the way to this absolute path beneath a root: 1 where it would, 0
/// where it would not or would find nothing, a negative errno where that cannot be seen.
int cl_path_has_links(int root, const char *path);
