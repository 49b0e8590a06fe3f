#pragma once

#include <stdbool.h>

/// Whether a file is on a file system of this machine that takes writes into memory and keeps each file's own time of
/// change (statfs(2): ext4, XFS, btrfs, tmpfs, overlayfs, F2FS, ZFS). One that is not known may be a network's.
bool cl_is_on_local_file_system(int descriptor);
