internal import Glibc

/// Flags of open(2), as far as Glibc's module leaves them out or several are asked for together.
enum OpenFlags {
  /// `O_PATH`: a handle that content cannot be read through (asm-generic/fcntl.h).
  static let handle: Int32 = 0o10_000_000
  /// `O_TMPFILE` without the `O_DIRECTORY` that it comes with.
  static let unnamed: Int32 = 0o20_000_000
  /// Any of these changes the file or makes it.
  static let writing = UInt64(O_WRONLY | O_RDWR | O_CREAT | O_TRUNC | O_APPEND)
}
