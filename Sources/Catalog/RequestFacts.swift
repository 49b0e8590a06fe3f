/// What is known of a request before it is recognised.
package struct RequestFacts: Sendable, Hashable {
  /// Lower case, as in `Destination`.
  package var host: String
  package var port: UInt16
  package var method: String
  /// Path and query as they were sent.
  package var path: String
  package var contentType: String?
  /// The `Upgrade` field, or `websocket` for RFC 8441.
  package var upgrade: String?
  /// The body's first bytes, decoded from its content coding; at most ``CatalogLimits/bodyPrefixBytes`` are looked at.
  package var bodyPrefix: [UInt8]

  package init(
    host: String, port: UInt16 = 443, method: String, path: String, contentType: String? = nil,
    upgrade: String? = nil, bodyPrefix: [UInt8] = []
  ) {
    self.host = host
    self.port = port
    self.method = method
    self.path = path
    self.contentType = contentType
    self.upgrade = upgrade
    self.bodyPrefix = bodyPrefix
  }
}
