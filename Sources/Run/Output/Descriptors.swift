internal import Glibc

/// Open files, by their numbers.
enum Descriptors {
  /// Writes all of it; `false`, with `errno` set, where that fails.
  static func write(_ bytes: [UInt8], to descriptor: CInt) -> Bool {
    var done = 0
    while done < bytes.count {
      let count = bytes[done...].withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress, $0.count) }
      if count < 0, errno == EINTR { continue }
      guard count > 0 else { return false }
      done += count
    }
    return true
  }

  /// Whether whoever started this program opened it for us: what we open ourselves is closed on exec.
  static func isInherited(_ descriptor: CInt) -> Bool {
    let flags = fcntl(descriptor, F_GETFD)
    return flags >= 0 && flags & FD_CLOEXEC == 0
  }
}
