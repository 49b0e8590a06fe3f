#define _GNU_SOURCE
#include "control_messages.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

// SCM_MAX_FD of the kernel.
enum { most_descriptors = 253 };

union control {
  struct cmsghdr header;
  char room[CMSG_SPACE(sizeof(int) * most_descriptors)];
};

int cl_send_packet(int socket, const void *bytes, size_t count, const int *descriptors, size_t descriptor_count) {
  if (descriptor_count > most_descriptors) return -EINVAL;
  union control control;
  struct iovec piece = {.iov_base = (void *)bytes, .iov_len = count};
  struct msghdr message = {.msg_iov = &piece, .msg_iovlen = 1};
  if (descriptor_count > 0) {
    memset(&control, 0, sizeof control);
    message.msg_control = &control;
    message.msg_controllen = CMSG_SPACE(sizeof(int) * descriptor_count);
    struct cmsghdr *header = CMSG_FIRSTHDR(&message);
    header->cmsg_level = SOL_SOCKET;
    header->cmsg_type = SCM_RIGHTS;
    header->cmsg_len = CMSG_LEN(sizeof(int) * descriptor_count);
    memcpy(CMSG_DATA(header), descriptors, sizeof(int) * descriptor_count);
  }
  ssize_t sent;
  do sent = sendmsg(socket, &message, MSG_NOSIGNAL);
  while (sent < 0 && errno == EINTR);
  return sent < 0 ? -errno : 0;
}

ssize_t cl_receive_packet(int socket, void *bytes, size_t room, int *descriptors, size_t *descriptor_count) {
  union control control;
  struct iovec piece = {.iov_base = bytes, .iov_len = room};
  struct msghdr message = {
      .msg_iov = &piece, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  size_t capacity = *descriptor_count;
  size_t received = 0;
  int overflow = 0;
  *descriptor_count = 0;
  ssize_t count;
  do count = recvmsg(socket, &message, MSG_CMSG_CLOEXEC);
  while (count < 0 && errno == EINTR);
  if (count < 0) return -errno;
  for (struct cmsghdr *header = CMSG_FIRSTHDR(&message); header != NULL; header = CMSG_NXTHDR(&message, header)) {
    if (header->cmsg_level != SOL_SOCKET || header->cmsg_type != SCM_RIGHTS) continue;
    size_t held = (header->cmsg_len - CMSG_LEN(0)) / sizeof(int);
    for (size_t index = 0; index < held; index++) {
      int descriptor;
      memcpy(&descriptor, CMSG_DATA(header) + index * sizeof(int), sizeof descriptor);
      if (received < capacity)
        descriptors[received++] = descriptor;
      else
        overflow = 1, close(descriptor);
    }
  }
  if (overflow || (message.msg_flags & (MSG_TRUNC | MSG_CTRUNC))) {
    while (received > 0) close(descriptors[--received]);
    return -EMSGSIZE;
  }
  *descriptor_count = received;
  return count;
}
