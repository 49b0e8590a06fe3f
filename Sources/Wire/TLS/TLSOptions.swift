/// What is wanted of TLS with one upstream.
package struct TLSOptions: Sendable, Hashable {
  /// The host that the certificate must be for, and the name sent as SNI unless it is an address.
  package let serverName: String
  /// ALPN, most wanted first; empty for none.
  package let protocols: [String]

  package init(serverName: String, protocols: [String]) {
    self.serverName = serverName
    self.protocols = protocols
  }
}
