package import NIOCore

/// How upstreams are reached; values from command line and configuration, in force for a whole run.
package struct UpstreamConfiguration: Sendable {
  /// The first that matches counts.
  package var connectTo: [ConnectTo] = []
  /// PEM files of authorities trusted besides the system's (`--upstream-ca`).
  package var extraAuthorities: [String] = []
  /// Non-public addresses and hosts that may be reached.
  package var grantedPrivate: [AddressGrant] = []
  /// For each address tried.
  package var connectTimeout = TimeAmount.seconds(10)
  /// How long an unused connection is kept.
  package var idleTimeout = TimeAmount.seconds(60)
  /// How long a whole request may wait for the head of its answer; `nil`, the default, is for ever: models think.
  package var responseHeadTimeout: TimeAmount?
  package var connectionsPerDestination = UpstreamLimits.connectionsPerDestination
  package var idleConnectionsPerDestination = UpstreamLimits.idleConnectionsPerDestination

  package init() {}
}
