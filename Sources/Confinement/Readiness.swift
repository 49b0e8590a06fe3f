internal import Glibc

/// Waiting for several descriptors at once.
package enum Readiness {
  /// Waits until one of them can be read or has ended.
  ///
  /// - Parameter milliseconds: -1 to wait for ever.
  /// - Returns: those that are ready, in the given order; none after the time or a signal.
  package static func wait(for descriptors: [CInt], milliseconds: Int32 = -1) -> [CInt] {
    var watched = descriptors.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
    guard poll(&watched, nfds_t(watched.count), milliseconds) > 0 else { return [] }
    return watched.filter { $0.revents != 0 }.map(\.fd)
  }
}
