internal import CLinux

/// What is asked of a file system as a whole.
package enum FileSystem {
  /// Waits until everything that was written to one is on its disk (syncfs(2)).
  ///
  /// - Parameter descriptor: of anything that is open on it.
  /// - Returns: an errno; 0 where all went well.
  package static func flush(_ descriptor: CInt) -> CInt { -cl_sync_file_system(descriptor) }
}
