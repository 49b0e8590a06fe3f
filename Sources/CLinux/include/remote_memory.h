#pragma once

#include <stdint.h>
#include <sys/types.h>

/// Reads up to `length` bytes at `address` of another process, stopping early at the first page that is not there.
/// Gives the count, or a negative errno.
ssize_t cl_read_memory(pid_t process, uint64_t address, void *buffer, size_t length);
/// The kind of a socket of another thread: 1 for a stream, 2 for datagrams (SOCK_STREAM, SOCK_DGRAM); a negative errno
/// where it is none, or cannot be looked at.
int cl_socket_kind(pid_t thread, int descriptor);
