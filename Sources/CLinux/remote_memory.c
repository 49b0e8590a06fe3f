#define _GNU_SOURCE
#include "remote_memory.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <unistd.h>

enum { smallest_page = 4096, most_pages = 3 };

ssize_t cl_read_memory(pid_t process, uint64_t address, void *buffer, size_t length) {
  struct iovec local = {.iov_base = buffer, .iov_len = length};
  struct iovec remote[most_pages];
  int count = 0;
  size_t covered = 0;
  // One element a page: a partial read is counted in whole elements (process_vm_readv(2)).
  while (covered < length && count < most_pages) {
    size_t piece = smallest_page - (size_t)((address + covered) % smallest_page);
    if (piece > length - covered) piece = length - covered;
    remote[count].iov_base = (void *)(uintptr_t)(address + covered);
    remote[count].iov_len = piece;
    covered += piece;
    count++;
  }
  ssize_t result = process_vm_readv(process, &local, 1, remote, (unsigned long)count, 0);
  return result < 0 ? -errno : result;
}

/// The process that a thread belongs to, 0 where it has gone.
static pid_t process_of(pid_t thread) {
  char path[64], line[256];
  pid_t process = 0;
  snprintf(path, sizeof path, "/proc/%d/status", (int)thread);
  FILE *file = fopen(path, "re");
  if (file == NULL) return 0;
  while (process == 0 && fgets(line, sizeof line, file) != NULL)
    if (strncmp(line, "Tgid:", 5) == 0) process = (pid_t)strtol(line + 5, NULL, 10);
  fclose(file);
  return process;
}

static int open_process(pid_t thread) {
  // PIDFD_THREAD, since Linux 6.9; before, only a process can be opened.
  long handle = syscall(SYS_pidfd_open, thread, O_EXCL);
  if (handle < 0) handle = syscall(SYS_pidfd_open, thread, 0);
  if (handle < 0) handle = syscall(SYS_pidfd_open, process_of(thread), 0);
  return (int)handle;
}

int cl_descriptor_copy(pid_t thread, int descriptor) {
  int process = open_process(thread);
  if (process < 0) return -errno;
  // The kernel makes it close-on-exec (pidfd_getfd(2)).
  long copy = syscall(SYS_pidfd_getfd, process, descriptor, 0);
  int result = copy < 0 ? -errno : (int)copy;
  close(process);
  return result;
}
