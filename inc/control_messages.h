#pragma once

#include <stddef.h>
#include <sys/types.h>

/// Sends one packet with descriptors (SCM_RIGHTS); gives 0 or a negative errno.
int cl_send_packet(int socket, const void *bytes, size_t count, const int *descriptors, size_t descriptor_count);
/// Waits for one packet. Gives its size, 0 at the end, -EMSGSIZE for a packet or descriptors that did not fit.
/// Descriptors arrive close-on-exec; `descriptor_count` holds the room on entry and the number received on return.
ssize_t cl_receive_packet(int socket, void *bytes, size_t room, int *descriptors, size_t *descriptor_count);
