#pragma once

#include <sys/types.h>

/// Whether the kernel would follow a symbolic link on the way to this absolute path as the thread sees files: 1 where it
/// would, 0 where it would not or would find nothing, a negative errno where that cannot be seen.
int cl_path_has_links(pid_t thread, const char *path);
