#define _GNU_SOURCE
#include "process.h"

#include <errno.h>
#include <fcntl.h>
#include <linux/capability.h>
#include <linux/keyctl.h>
#include <signal.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/signalfd.h>
#include <sys/syscall.h>
#include <unistd.h>

#ifndef CLOSE_RANGE_CLOEXEC
#define CLOSE_RANGE_CLOEXEC (1U << 2)
#endif

static int result_of(long value) { return value < 0 ? -errno : (int)value; }

pid_t cl_fork(void) {
  pid_t child = fork();
  return child < 0 ? -errno : child;
}

int cl_close_from(unsigned first, int on_exec) {
  return result_of(syscall(SYS_close_range, first, ~0U, on_exec ? CLOSE_RANGE_CLOEXEC : 0));
}

int cl_no_new_privileges(void) { return result_of(prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)); }
int cl_set_dumpable(int dumpable) { return result_of(prctl(PR_SET_DUMPABLE, dumpable, 0, 0, 0)); }
int cl_signal_on_parent_death(int signal) { return result_of(prctl(PR_SET_PDEATHSIG, signal, 0, 0, 0)); }

int cl_drop_capabilities(void) {
  if (prctl(PR_CAP_AMBIENT, PR_CAP_AMBIENT_CLEAR_ALL, 0, 0, 0) < 0) return -errno;
  for (int capability = 0; prctl(PR_CAPBSET_READ, capability, 0, 0, 0) >= 0; capability++)
    if (prctl(PR_CAPBSET_DROP, capability, 0, 0, 0) < 0 && errno != EPERM) return -errno;
  struct __user_cap_header_struct header = {.version = _LINUX_CAPABILITY_VERSION_3};
  struct __user_cap_data_struct none[2];
  memset(none, 0, sizeof none);
  return result_of(syscall(SYS_capset, &header, none));
}

int cl_bounding_set_is_empty(void) {
  int held;
  for (int capability = 0; (held = prctl(PR_CAPBSET_READ, capability, 0, 0, 0)) >= 0; capability++)
    if (held == 1) return 0;
  return 1;
}

int cl_new_session_keyring(void) { return result_of(syscall(SYS_keyctl, KEYCTL_JOIN_SESSION_KEYRING, NULL)) < 0 ? -errno : 0; }
int cl_memory_file(const char *name) { return result_of(memfd_create(name, MFD_CLOEXEC)); }
int cl_process_descriptor(pid_t pid) { return result_of(syscall(SYS_pidfd_open, pid, 0)); }

int cl_signal_descriptor(void) {
  sigset_t all;
  sigfillset(&all);
  if (sigprocmask(SIG_SETMASK, &all, NULL) < 0) return -errno;
  return result_of(signalfd(-1, &all, SFD_CLOEXEC | SFD_NONBLOCK));
}

int cl_signal_next(int descriptor) {
  struct signalfd_siginfo information;
  ssize_t count = read(descriptor, &information, sizeof information);
  if (count < 0) return -errno;
  return count == sizeof information ? (int)information.ssi_signo : -EAGAIN;
}

void cl_reset_signals(void) {
  for (int signal_number = 1; signal_number < NSIG; signal_number++) signal(signal_number, SIG_DFL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, NULL);
}

int cl_limit(int resource, uint64_t value) {
  struct rlimit limit = {.rlim_cur = value, .rlim_max = value};
  return setrlimit((__rlimit_resource_t)resource, &limit) < 0 ? -errno : 0;
}

int cl_raise_open_files(void) {
  struct rlimit limit;
  if (getrlimit(RLIMIT_NOFILE, &limit) < 0) return -errno;
  limit.rlim_cur = limit.rlim_max;
  return setrlimit(RLIMIT_NOFILE, &limit) < 0 ? -errno : 0;
}

int cl_resource_core(void) { return RLIMIT_CORE; }
int cl_resource_processes(void) { return RLIMIT_NPROC; }
int cl_resource_address_space(void) { return RLIMIT_AS; }
int cl_resource_file_size(void) { return RLIMIT_FSIZE; }
int cl_resource_open_files(void) { return RLIMIT_NOFILE; }

int cl_pipe(int *reading, int *writing) {
  int ends[2];
  if (pipe2(ends, O_CLOEXEC) < 0) return -errno;
  *reading = ends[0];
  *writing = ends[1];
  return 0;
}
