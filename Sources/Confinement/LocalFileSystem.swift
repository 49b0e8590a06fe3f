internal import CLinux

/// File systems of this machine that are known to keep each file's own time of change.
package enum LocalFileSystem {
  /// Whether an open file is on one.
  package static func holds(_ descriptor: CInt) -> Bool { cl_is_on_local_file_system(descriptor) }
}
