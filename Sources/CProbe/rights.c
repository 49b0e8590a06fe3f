#define _GNU_SOURCE
#include "CProbe.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/ioctl.h>
#include <sys/prctl.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <unistd.h>

long cp_type_into_terminal(void) {
  int host = open("/dev/ptmx", O_RDWR | O_NOCTTY | O_CLOEXEC);
  if (host < 0) return -errno;
  int locked = 0;
  ioctl(host, TIOCSPTLCK, &locked);
  int inner = ioctl(host, TIOCGPTPEER, O_RDWR | O_NOCTTY | O_CLOEXEC);
  long result = inner < 0 ? -errno : 0;
  // Only one's own controlling terminal may be typed into without privilege.
  setsid();
  signal(SIGHUP, SIG_IGN);
  ioctl(inner, TIOCSCTTY, 0);
  char letter = 'x';
  if (result == 0 && ioctl(inner, TIOCSTI, &letter) < 0) result = -errno;
  if (inner >= 0) close(inner);
  close(host);
  return result;
}

long cp_set_privilege_bits(const char *path) { return chmod(path, 06755) < 0 ? -errno : 0; }

long cp_make_device(const char *path, int is_block) {
  mode_t kind = is_block ? S_IFBLK : S_IFCHR;
  return mknod(path, kind | 0600, is_block ? makedev(7, 0) : makedev(1, 1)) < 0 ? -errno : 0;
}

int cp_may_gain_privileges(void) {
  if (prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) != 1) return 1;
  for (int capability = 0, held; (held = prctl(PR_CAPBSET_READ, capability, 0, 0, 0)) >= 0; capability++)
    if (held == 1) return 1;
  return 0;
}
