/// One thing that stands between an agent and the machine. The raw value is its name in attestations and reports.
package enum ConfinementLayer: String, Sendable, Hashable, CaseIterable {
  case kernel
  case userNamespace = "user-namespace"
  case networkNamespace = "network-namespace"
  /// Local default routes, so that a connection to any address reaches our listeners.
  case capture = "anyip-capture"
  /// What changes in the workspace goes to a layer above it.
  case overlay
  case bubblewrap
  /// Mount, process, IPC, host name and cgroup namespaces, made by bubblewrap.
  case namespaces
  case capabilities
  case noNewPrivileges = "no-new-privileges"
  case keyring
  case landlock
  case systemCalls = "seccomp"
  case notification = "seccomp-notification"
  case terminal
  /// Not a wall: the program itself could not be started.
  case program
}

/// A layer that stands, and what exactly it consists of on this host.
package struct EngagedLayer: Sendable, Hashable {
  package let layer: ConfinementLayer
  /// Such as `ABI 7: files, abstract sockets, signals`.
  package let detail: String

  package init(_ layer: ConfinementLayer, _ detail: String) {
    self.layer = layer
    self.detail = detail
  }
}
