/// The bounds of this room, each with its unit and its reason.
package enum SandboxLimits {
  /// Seconds from the relay's start to the agent's. It takes well under one; a host that swaps may take several.
  package static let launchSeconds: Int32 = 30
  /// Bytes of the private temporary directories, all of them together, before a write fails: a runaway agent must not
  /// take the machine's memory.
  package static let temporaryBytes = 4 << 30
  /// Files that are made for the sandbox, those of its `/etc` and those that appear empty: each is a descriptor of the
  /// one packet of the launch, which holds 253.
  package static let syntheticFiles = 240
  /// Bytes of terminal input kept while the agent does not read; then the terminal waits too.
  package static let terminalInputBytes = 65_536
  /// Bytes of one datagram to the resolver (RFC 6891 §6.2.5 recommends 4096 as the most to expect).
  package static let resolverDatagramBytes = 4_096
}
