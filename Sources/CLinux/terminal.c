#define _GNU_SOURCE
#include "terminal.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/ioctl.h>
#include <unistd.h>

int cl_terminal_open(int *host_end, int *inner_end) {
  int host = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (host < 0) return -errno;
  int locked = 0;
  if (ioctl(host, TIOCSPTLCK, &locked) == 0) {
    int inner = ioctl(host, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (inner >= 0) {
      *host_end = host;
      *inner_end = inner;
      return 0;
    }
  }
  int failure = -errno;
  close(host);
  return failure;
}

int cl_terminal_take_control(int inner_end) { return ioctl(inner_end, TIOCSCTTY, 0) < 0 ? -errno : 0; }

int cl_terminal_size(int descriptor, uint16_t *rows, uint16_t *columns) {
  struct winsize size;
  if (ioctl(descriptor, TIOCGWINSZ, &size) < 0) return -errno;
  *rows = size.ws_row;
  *columns = size.ws_col;
  return 0;
}

int cl_terminal_resize(int descriptor, uint16_t rows, uint16_t columns) {
  struct winsize size = {.ws_row = rows, .ws_col = columns};
  return ioctl(descriptor, TIOCSWINSZ, &size) < 0 ? -errno : 0;
}
