#define _GNU_SOURCE
#include "CProbe.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

union control {
  struct cmsghdr header;
  char room[CMSG_SPACE(sizeof(int))];
};

long cp_read_from_passed_descriptor(int socket, void *bytes, uint64_t room) {
  union control control;
  char byte;
  struct iovec piece = {&byte, 1};
  struct msghdr message = {
      .msg_iov = &piece, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  if (recvmsg(socket, &message, MSG_CMSG_CLOEXEC) < 0) return -errno;
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  if (header == NULL || header->cmsg_type != SCM_RIGHTS) return -ENOMSG;
  int descriptor;
  memcpy(&descriptor, CMSG_DATA(header), sizeof descriptor);
  ssize_t count = pread(descriptor, bytes, room, 0);
  long result = count < 0 ? -errno : count;
  close(descriptor);
  return result;
}

long cp_pass_descriptor(int socket, int descriptor) {
  union control control;
  memset(&control, 0, sizeof control);
  char byte = 'd';
  struct iovec piece = {&byte, 1};
  struct msghdr message = {
      .msg_iov = &piece, .msg_iovlen = 1, .msg_control = &control, .msg_controllen = sizeof control};
  struct cmsghdr *header = CMSG_FIRSTHDR(&message);
  header->cmsg_level = SOL_SOCKET;
  header->cmsg_type = SCM_RIGHTS;
  header->cmsg_len = CMSG_LEN(sizeof descriptor);
  memcpy(CMSG_DATA(header), &descriptor, sizeof descriptor);
  return sendmsg(socket, &message, MSG_NOSIGNAL) < 0 ? -errno : 0;
}
