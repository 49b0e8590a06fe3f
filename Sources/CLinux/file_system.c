#include "file_system.h"

#include <linux/magic.h>
#include <sys/vfs.h>

/// In no header of Linux's own.
static const unsigned long zfs_magic = 0x2fc12fc1;

bool cl_is_on_local_file_system(int descriptor) {
  struct statfs system;
  if (fstatfs(descriptor, &system) != 0) return false;
  switch ((unsigned long)system.f_type & 0xffffffff) {
    case EXT4_SUPER_MAGIC:
    case XFS_SUPER_MAGIC:
    case BTRFS_SUPER_MAGIC:
    case TMPFS_MAGIC:
    case OVERLAYFS_SUPER_MAGIC:
    case F2FS_SUPER_MAGIC: return true;
    default: return ((unsigned long)system.f_type & 0xffffffff) == zfs_magic;
  }
}
