#define _GNU_SOURCE
#include "seccomp_filter.h"

#include <errno.h>
#include <linux/filter.h>
#include <linux/seccomp.h>
#include <poll.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef SECCOMP_IOCTL_NOTIF_SET_FLAGS
#define SECCOMP_IOCTL_NOTIF_SET_FLAGS SECCOMP_IOW(4, __u64)
#endif
#ifndef SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP
#define SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP (1UL << 0)
#endif

_Static_assert(sizeof(struct cl_instruction) == sizeof(struct sock_filter), "the kernel's own layout");

int cl_filter_install(const struct cl_instruction *program, uint16_t count, int listen) {
  struct sock_fprog filter = {.len = count, .filter = (struct sock_filter *)program};
  unsigned flags = listen ? SECCOMP_FILTER_FLAG_NEW_LISTENER : 0;
  long result = syscall(SYS_seccomp, SECCOMP_SET_MODE_FILTER, flags, &filter);
  return result < 0 ? -errno : (int)result;
}

int cl_notification_receive(int listener, struct cl_notification *notification) {
  struct seccomp_notif received;
  memset(&received, 0, sizeof received);
  if (ioctl(listener, SECCOMP_IOCTL_NOTIF_RECV, &received) < 0) return -errno;
  notification->id = received.id;
  notification->thread = received.pid;
  notification->number = received.data.nr;
  for (int index = 0; index < 6; index++) notification->arguments[index] = received.data.args[index];
  return 0;
}

int cl_notification_is_valid(int listener, uint64_t id) {
  return ioctl(listener, SECCOMP_IOCTL_NOTIF_ID_VALID, &id) < 0 ? -errno : 0;
}

static int respond(int listener, uint64_t id, int error_number, uint32_t flags) {
  struct seccomp_notif_resp response = {.id = id, .val = 0, .error = -error_number, .flags = flags};
  return ioctl(listener, SECCOMP_IOCTL_NOTIF_SEND, &response) < 0 ? -errno : 0;
}

int cl_notification_continue(int listener, uint64_t id) {
  return respond(listener, id, 0, SECCOMP_USER_NOTIF_FLAG_CONTINUE);
}

int cl_notification_refuse(int listener, uint64_t id, int error_number) { return respond(listener, id, error_number, 0); }

int cl_notification_wake_on_same_processor(int listener) {
  return ioctl(listener, SECCOMP_IOCTL_NOTIF_SET_FLAGS, SECCOMP_USER_NOTIF_FD_SYNC_WAKE_UP) < 0 ? -errno : 0;
}

int cl_notification_is_supported(void) {
  uint32_t action = SECCOMP_RET_USER_NOTIF;
  return syscall(SYS_seccomp, SECCOMP_GET_ACTION_AVAIL, 0, &action) < 0 ? -errno : 0;
}

int cl_is_hung_up(int listener) {
  struct pollfd watched = {.fd = listener, .events = POLLIN};
  return poll(&watched, 1, 0) > 0 && (watched.revents & (POLLHUP | POLLERR | POLLNVAL)) != 0;
}
