#include "standard_streams.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

static int closed_streams;

// Before every other constructor and before main: the first descriptor that anybody opens would otherwise get the
// number of the stream that is closed, and be handed on as that stream.
__attribute__((constructor(101))) static void open_standard_streams(void) {
  if (cl_open_standard_streams() < 0) _exit(70);
}

int cl_open_standard_streams(void) {
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; stream++) {
    if (fcntl(stream, F_GETFD) >= 0 || errno != EBADF) continue;
    // The lowest free number, and all below are taken.
    if (open("/dev/null", O_RDWR) != stream) return -1;
    closed_streams |= 1 << stream;
  }
  return 0;
}

int cl_standard_stream_was_closed(int stream) { return closed_streams >> stream & 1; }
