/// One change to what is stored, named before it is made, so that tests can fail it or look at the directory as a
/// process dying at that instant would leave it.
enum StorageStep: Sendable, Hashable {
  case makeDirectory(String)
  /// New bytes at the end of a file, or at an offset of it.
  case write(String, bytes: Int)
  case sync(String)
  /// A new name for a finished file, which must be free.
  case link(String)
  /// A new content under a name that may be taken.
  case rename(String)
  case truncate(String)
  case remove(String)
}

/// Asked before each step.
///
/// - Returns: the `errno` to pretend, or `nil` to go on.
typealias StorageProbe = @Sendable (StorageStep) -> Int32?
