#pragma once

#include <sys/types.h>

/// Starts a program in a directory, with these three streams; every other descriptor is inherited as its flags say.
/// A session of its own, without a terminal, where `own_session` is not 0. Gives its number or a negative errno.
pid_t cl_child_program(
    const char *path, char *const arguments[], char *const environment[], const char *directory, const int streams[3],
    int own_session);
/// Makes the processes that lose their parent this one's children, so that it can wait for their end.
int cl_adopt_orphans(int adopts);
