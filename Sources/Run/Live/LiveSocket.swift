internal import Confinement
internal import Glibc

/// The Unix socket in a run's live directory.
///
/// It is named by way of the directory's descriptor, since `sun_path` holds 107 bytes and a state directory may lie
/// deeper than that.
enum LiveSocket {
  static let name = "feed"

  /// A socket that listens in this directory, for its owner alone.
  ///
  /// - Returns: `nil`, with `errno` set, where there can be none.
  static func listening(in directory: String) -> CInt? {
    open(in: directory) { socket, address, length in
      // A directory is used once, so whatever has the name is not ours.
      bind(socket, address, length) == 0 && listen(socket, RunLimits.watcherQueue) == 0
    }
  }

  /// A connection to the run that lives in this directory.
  ///
  /// - Returns: `nil`, with `errno` set, where no run of this user listens there.
  static func connected(to directory: String) -> CInt? {
    guard let socket = open(in: directory, { connect($0, $1, $2) == 0 }) else { return nil }
    guard isOurs(socket) else {
      close(socket)
      errno = EACCES
      return nil
    }
    return socket
  }

  /// Whether the process at the other end belongs to who runs this one, as the kernel says it (unix(7), SO_PEERCRED).
  static func isOurs(_ socket: CInt) -> Bool {
    // struct ucred, which glibc shows only to programs that ask for GNU's extensions: process, user, group.
    var credentials: [UInt32] = [0, UInt32.max, UInt32.max]
    var length = socklen_t(12)
    return getsockopt(socket, SOL_SOCKET, SO_PEERCRED, &credentials, &length) == 0 && length == 12
      && credentials[1] == geteuid()
  }

  /// The next one who wants to watch; `nil` where nobody waits, with `errno` set.
  static func accepted(by listener: CInt) -> CInt? {
    let socket = accept(listener, nil, nil)
    guard socket >= 0 else { return nil }
    _ = fcntl(socket, F_SETFD, FD_CLOEXEC)
    setNonBlocking(socket)
    return socket
  }

  static func setNonBlocking(_ descriptor: CInt) {
    _ = fcntl(descriptor, F_SETFL, fcntl(descriptor, F_GETFL) | O_NONBLOCK)
  }

  private static func open(
    in directory: String, _ use: (CInt, UnsafePointer<sockaddr>, socklen_t) -> Bool
  ) -> CInt? {
    let parent = Glibc.open(directory, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC)
    guard parent >= 0 else { return nil }
    defer { close(parent) }
    let number = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
    guard number >= 0 else { return nil }
    setNonBlocking(number)
    var address = sockaddr_un()
    address.sun_family = sa_family_t(AF_UNIX)
    let path = Array("/proc/self/fd/\(parent)/\(name)".utf8)
    withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
    let isUsed = withUnsafePointer(to: &address) {
      $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
        use(number, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
      }
    }
    guard isUsed else {
      let cause = errno
      close(number)
      errno = cause
      return nil
    }
    return number
  }
}
