package import Enforcement
package import Wire

/// What a door needs to be opened.
package struct DoorPlan: Sendable {
  package let chamber: Chamber
  package let serverTLS: ServerTLS
  package let connector: UpstreamConnector
  package let limits: DoorLimits
  package let spool: SpoolDirectory
  /// Who is behind every connection: the run's agent.
  package let origin: Origin
  /// The program that opened a connection, by the mark (SO_MARK) that the accepted socket has of it; called once for
  /// each connection with a mark, on its event loop, and so does not wait.
  package var program: @Sendable (_ mark: UInt32) -> String? = { _ in nil }

  package init(
    chamber: Chamber, serverTLS: ServerTLS, connector: UpstreamConnector, limits: DoorLimits,
    spool: SpoolDirectory, origin: Origin
  ) {
    self.chamber = chamber
    self.serverTLS = serverTLS
    self.connector = connector
    self.limits = limits
    self.spool = spool
    self.origin = origin
  }
}
