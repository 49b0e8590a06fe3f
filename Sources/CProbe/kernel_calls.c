#define _GNU_SOURCE
#include "CProbe.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/wait.h>
#include <unistd.h>

// Own numbers where the build machine's headers may be older than the kernel that is asked; from 424 on all
// architectures count alike.
enum {
  io_uring_setup = 425, open_tree = 428, move_mount = 429, fsopen = 430, clone_3 = 435, openat_2 = 437,
  pidfd_open = 434, pidfd_getfd = 438, mount_setattr = 442, memfd_secret = 447, newer_than_known = 471,
};

enum { none = -1 };

#ifdef SYS_iopl
enum { io_privilege = SYS_iopl, descriptor_table = SYS_modify_ldt, x32_getpid = 0x40000000 + SYS_getpid };
#else
enum { io_privilege = none, descriptor_table = none, x32_getpid = none };
#endif

const long cp_unknown_call = LONG_MIN;

static const char nowhere[] = "/sallyport-nowhere";
/// Space that a call may fill: zeros where it reads from it.
static _Alignas(16) char space[8192];
/// `union bpf_attr` for an array of one number (linux/bpf.h).
static const uint32_t map[16] = {2, 4, 4, 1};
/// `struct perf_event_attr` (linux/perf_event.h): a software event, the processor's clock, of this process alone.
static const uint32_t event[32] = {1, 112, 0, 0};
/// `struct clone_args` (linux/sched.h): a child as of fork(2).
static const uint64_t child_arguments[8] = {0, 0, 0, 0, SIGCHLD};
/// `struct open_how` (linux/openat2.h).
static const uint64_t how[3] = {O_RDONLY};

struct call {
  const char *name;
  long number;
  long arguments[6];
};

#define at(pointer) ((long)(pointer))

static const struct call calls[] = {
    {"io_uring_setup", io_uring_setup, {4, at(space)}},
    {"x32 getpid", x32_getpid, {0}},
    {"newer", newer_than_known, {0}},
    {"openat2", openat_2, {AT_FDCWD, at("/"), at(how), sizeof how}},
    {"unshare user", SYS_unshare, {CLONE_NEWUSER}},
    {"unshare mount", SYS_unshare, {CLONE_NEWNS}},
    {"unshare network", SYS_unshare, {CLONE_NEWNET}},
    {"unshare process", SYS_unshare, {CLONE_NEWPID}},
    {"unshare time", SYS_unshare, {0x80}},
    {"mount", SYS_mount, {at("none"), at(nowhere), at("tmpfs"), 0, 0}},
    {"umount", SYS_umount2, {at(nowhere), 0}},
    {"pivot_root", SYS_pivot_root, {at(nowhere), at(nowhere)}},
    {"chroot", SYS_chroot, {at("/")}},
    {"fsopen", fsopen, {at("tmpfs"), 0}},
    {"open_tree", open_tree, {AT_FDCWD, at("/"), 0}},
    {"move_mount", move_mount, {-1, at("."), -1, at("."), 0}},
    {"mount_setattr", mount_setattr, {-1, at("."), 0, at(space), 32}},
    {"bpf", SYS_bpf, {0, at(map), sizeof map}},
    {"perf_event_open", SYS_perf_event_open, {at(event), 0, -1, -1, 0}},
    {"userfaultfd", SYS_userfaultfd, {1}},
    {"keyctl", SYS_keyctl, {0, -3, 0}},
    {"add_key", SYS_add_key, {at("user"), at("sallyport-verify"), at("x"), 1, -2}},
    {"request_key", SYS_request_key, {at("user"), at("sallyport-verify-none"), 0, 0}},
    {"kexec_load", SYS_kexec_load, {0, 0, 0, 0x0fff0000}},
    {"init_module", SYS_init_module, {at(space), 0, at(space)}},
    {"finit_module", SYS_finit_module, {-1, at(space), 0}},
    {"delete_module", SYS_delete_module, {at("sallyport_none"), O_NONBLOCK}},
    {"open_by_handle_at", SYS_open_by_handle_at, {-1, at(space), 0}},
    {"fanotify_init", SYS_fanotify_init, {0x200, 0}},
    {"swapon", SYS_swapon, {at(nowhere), 0}},
    {"reboot", SYS_reboot, {0, 0, 0, 0}},
    {"syslog", SYS_syslog, {10, 0, 0}},
    {"settimeofday", SYS_settimeofday, {0, 0}},
    {"acct", SYS_acct, {at(nowhere)}},
    {"iopl", io_privilege, {0}},
    {"modify_ldt", descriptor_table, {0, at(space), 16}},
    {"memfd_secret", memfd_secret, {0}},
    {"ptrace self", SYS_ptrace, {0, 0, 0, 0}},
};

static long make(long number, const long arguments[6]) {
  if (number == none) return -ENOSYS;
  long result = syscall(number, arguments[0], arguments[1], arguments[2], arguments[3], arguments[4], arguments[5]);
  return result < 0 ? -errno : result;
}

/// A child of this process that waits to be ended; it holds a secret where others could look for it.
static pid_t start_victim(void) {
  pid_t victim = fork();
  if (victim == 0) {
    alarm(20);
    for (;;) pause();
  }
  return victim;
}

static void end_victim(pid_t victim) {
  kill(victim, SIGKILL);
  while (waitpid(victim, NULL, 0) < 0 && errno == EINTR) {}
}

static long attach(pid_t victim) {
  long result = syscall(SYS_ptrace, 16 /* PTRACE_ATTACH */, (long)victim, 0L, 0L);
  return result < 0 ? -errno : 1;
}

static long read_memory(pid_t victim) {
  char copy[sizeof nowhere];
  struct iovec here = {copy, sizeof copy};
  struct iovec there = {(void *)nowhere, sizeof nowhere};
  long count = syscall(SYS_process_vm_readv, (long)victim, &here, 1L, &there, 1L, 0L);
  return count < 0 ? -errno : count;
}

static long take_descriptor(pid_t victim) {
  long handle = syscall(pidfd_open, (long)victim, 0L);
  if (handle < 0) return -errno;
  long taken = syscall(pidfd_getfd, handle, 0L, 0L);
  long result = taken < 0 ? -errno : taken;
  close((int)handle);
  return result;
}

static long clone_into(unsigned long flags, int by_structure) {
  long child = by_structure ? syscall(clone_3, child_arguments, sizeof child_arguments)
                            : syscall(SYS_clone, flags | SIGCHLD, 0L, 0L, 0L, 0L);
  if (child < 0) return -errno;
  if (child == 0) _exit(0);
  while (waitpid((pid_t)child, NULL, 0) < 0 && errno == EINTR) {}
  return child;
}

static long enter_namespace(const char *path) {
  int namespace = open(path, O_RDONLY | O_CLOEXEC);
  // The call itself is what is asked about, also where there is no such file.
  long result = syscall(SYS_setns, (long)namespace, 0L) < 0 ? -errno : 0;
  if (namespace >= 0) close(namespace);
  return result;
}

long cp_kernel_call(const char *name) {
  for (size_t index = 0; index < sizeof calls / sizeof calls[0]; index++)
    if (strcmp(calls[index].name, name) == 0) return make(calls[index].number, calls[index].arguments);
  if (strcmp(name, "clone3") == 0) return clone_into(0, 1);
  if (strcmp(name, "clone user") == 0) return clone_into(CLONE_NEWUSER, 0);
  if (strcmp(name, "clone network") == 0) return clone_into(CLONE_NEWUSER | CLONE_NEWNET, 0);
  if (strcmp(name, "setns") == 0) return enter_namespace("/proc/self/ns/net");
  long (*on_victim)(pid_t) = strcmp(name, "ptrace") == 0             ? attach
                             : strcmp(name, "process_vm_readv") == 0 ? read_memory
                             : strcmp(name, "pidfd_getfd") == 0      ? take_descriptor
                                                                     : NULL;
  if (on_victim == NULL) return cp_unknown_call;
  pid_t victim = start_victim();
  if (victim < 0) return -errno;
  long result = on_victim(victim);
  end_victim(victim);
  return result;
}

long cp_call_by_32_bit_number(void) {
#ifdef __x86_64__
  long result;
  __asm__ volatile("int $0x80" : "=a"(result) : "a"(20L) : "memory", "r8", "r9", "r10", "r11");
  return result;
#else
  return -ENOSYS;
#endif
}
