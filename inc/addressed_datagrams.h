#pragma once

#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

/// Who sent a datagram, and the address it was sent to.
struct cl_route {
  uint8_t sender[28];
  uint32_t sender_length;
  uint8_t control[64];
  uint32_t control_length;
};

/// Takes one datagram from a socket with IP_PKTINFO or IPV6_RECVPKTINFO. Gives its size or a negative errno.
ssize_t cl_datagram_receive(int socket, void *bytes, size_t room, struct cl_route *route);
/// Answers along the same route, backwards.
int cl_datagram_reply(int socket, const void *bytes, size_t count, const struct cl_route *route);
