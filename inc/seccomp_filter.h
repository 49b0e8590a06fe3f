#pragma once

#include <stdint.h>

/// One instruction of classic BPF, as struct sock_filter.
struct cl_instruction {
  uint16_t code;
  uint8_t jump_true;
  uint8_t jump_false;
  uint32_t operand;
};

/// A system call that waits for an answer.
struct cl_notification {
  uint64_t id;
  uint64_t arguments[6];
  uint32_t thread;
  int32_t number;
};

/// Installs a filter; with `listen`, gives the descriptor that notifications arrive on. no_new_privs must be set.
int cl_filter_install(const struct cl_instruction *program, uint16_t count, int listen);
/// Waits for a notification. -ENOENT where the caller died meanwhile, -EINTR after a signal.
int cl_notification_receive(int listener, struct cl_notification *notification);
/// Whether the system call still waits, and so what was read of its caller's memory belonged to it.
int cl_notification_is_valid(int listener, uint64_t id);
/// Lets the kernel carry out the system call.
int cl_notification_continue(int listener, uint64_t id);
/// Makes the system call fail with `error_number`.
int cl_notification_refuse(int listener, uint64_t id, int error_number);
/// Asks for the wake-up on the same processor (Linux 6.6); an error where the kernel knows no such flag.
int cl_notification_wake_on_same_processor(int listener);
/// Whether the kernel knows user notification and `SECCOMP_USER_NOTIF_FLAG_CONTINUE`'s generation of it.
int cl_notification_is_supported(void);
/// 1 where nothing runs under the listener's filter any more.
int cl_is_hung_up(int listener);
