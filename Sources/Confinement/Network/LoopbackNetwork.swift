internal import CLinux
internal import Glibc

/// A network namespace of its own in which every address there is belongs to the loopback interface, and from which
/// no route leads out.
package enum LoopbackNetwork {
  /// Moves the calling process, which must have one thread, into a new user and a new network namespace.
  ///
  /// - Parameter inner: what the caller's user and group are called inside.
  package static func enter(as inner: Identity) throws(ConfinementFailure) {
    let (user, group) = (geteuid(), getegid())
    let result = cl_unshare(cl_new_user_namespace() | cl_new_network_namespace())
    guard result == 0 else { throw ConfinementFailure(.userNamespace, "unshare", errorNumber: -result) }
    // Without this the kernel refuses an unprivileged gid_map (user_namespaces(7)).
    try write("deny", to: "/proc/self/setgroups")
    try write("\(inner.user) \(user) 1\n", to: "/proc/self/uid_map")
    try write("\(inner.group) \(group) 1\n", to: "/proc/self/gid_map")
  }

  /// Brings the loopback up and makes every IPv4 and IPv6 address local (AnyIP).
  package static func routeEverythingHere() throws(ConfinementFailure) {
    let up = cl_loopback_up()
    guard up == 0 else { throw ConfinementFailure(.networkNamespace, "bring lo up", errorNumber: -up) }
    for (name, family) in [("IPv4", AF_INET), ("IPv6", AF_INET6)] {
      let result = cl_route_everything_to_loopback(family)
      guard result == 0 else {
        throw ConfinementFailure(.capture, "add the \(name) local default route", errorNumber: -result)
      }
    }
  }

  /// Gives every accepted TCP connection the mark (SO_MARK) of the socket that opened it, and leaves no way to open one
  /// but those that the filter sees: with Fast Open, sendmsg(2) is another. Each network namespace has these settings
  /// for itself (ip-sysctl: `tcp_fwmark_accept`, `tcp_fastopen`).
  package static func keepMarksOfAcceptedConnections() throws(ConfinementFailure) {
    try write("1", to: "/proc/sys/net/ipv4/tcp_fwmark_accept")
    try write("0", to: "/proc/sys/net/ipv4/tcp_fastopen")
  }

  private static func write(_ text: String, to path: String) throws(ConfinementFailure) {
    let file = open(path, O_WRONLY | O_CLOEXEC)
    guard file >= 0 else { throw ConfinementFailure(.userNamespace, "open \(path)", errorNumber: errno) }
    defer { close(file) }
    let count = Glibc.write(file, text, text.utf8.count)
    guard count == text.utf8.count else {
      throw ConfinementFailure(.userNamespace, "write \(path)", errorNumber: errno)
    }
  }
}

/// A user and a group by number.
package struct Identity: Sendable, Hashable {
  package let user: UInt32
  package let group: UInt32

  package init(user: UInt32, group: UInt32) {
    self.user = user
    self.group = group
  }

  /// The caller's own numbers; 1000 for root, because a sandboxed agent is never root and several agents refuse to
  /// work as root.
  package static var inner: Identity {
    let (user, group) = (geteuid(), getegid())
    return Identity(user: user == 0 ? 1000 : user, group: group == 0 ? 1000 : group)
  }
}
