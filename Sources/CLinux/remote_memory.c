#define _GNU_SOURCE
#include "remote_memory.h"

#include <errno.h>
#include <sys/uio.h>

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
