#pragma once

#include <stdint.h>
#include <sys/types.h>

/// Reads up to `length` bytes at `address` of another process, stopping early at the first page that is not there.
/// Gives the count, or a negative errno.
ssize_t cl_read_memory(pid_t process, uint64_t address, void *buffer, size_t length);
/// A descriptor of our own, close-on-exec, for what this descriptor of another thread stands for; a negative errno where
/// it cannot be had.
int cl_descriptor_copy(pid_t thread, int descriptor);
