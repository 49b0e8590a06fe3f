#pragma once

/// The flag of the mount namespace, as unshare(2) wants it.
int cl_new_mount_namespace(void);
/// Keeps what is mounted from here on to this mount namespace.
int cl_make_mounts_private(void);
/// Mounts an overlay file system at `target` whose parts are these open directories, in the way that a user namespace
/// may (`userxattr`). Negative errno on failure.
int cl_mount_overlay(int lower, int upper, int work, const char *target);
/// Whether overlayfs has marked this open directory or file of a layer with `user.overlay.` and this name: 1, 0, or a
/// negative errno.
int cl_overlay_is_marked(int descriptor, const char *name);
/// Waits until everything that was written to the file system of this descriptor is on its disk. Negative errno on
/// failure.
int cl_sync_file_system(int descriptor);
