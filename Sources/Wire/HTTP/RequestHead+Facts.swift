/// What several rooms ask of a head.
extension RequestHead {
  /// The target as an origin server wants it: an absolute-form without scheme and host (RFC 9112 §3.2.1).
  package var originTarget: String {
    guard case .absolute(_, _, let path)? = RequestTarget(target, method: method) else { return target }
    return path
  }

  /// The protocols that the client asks to go over to, where `Connection` says that it means this connection
  /// (RFC 9110 §7.8): `websocket`, `h2c`.
  package var upgradeProtocols: [String] {
    guard fields.hasToken("upgrade", inFieldsNamed: "connection") else { return [] }
    return fields.all(named: "upgrade").flatMap(\.listElements).map { $0.lowercased() }
  }

  /// Whether the client waits for a 100 before it sends the body (RFC 9110 §10.1.1). An HTTP/1.0 client cannot.
  package var expectsContinue: Bool {
    version != .http1_0 && fields.hasToken("100-continue", inFieldsNamed: "expect")
  }

  /// Whether the client takes another response on this connection.
  package var connectionPersists: Bool {
    version.connectionPersists(fields)
  }
}

extension ResponseHead {
  /// Whether the server takes another request on this connection.
  package var connectionPersists: Bool {
    version.connectionPersists(fields)
  }
}

extension HTTPVersion {
  /// RFC 9112 §9.3.
  fileprivate func connectionPersists(_ fields: [HTTPField]) -> Bool {
    !fields.hasToken("close", inFieldsNamed: "connection")
      && (self != .http1_0 || fields.hasToken("keep-alive", inFieldsNamed: "connection"))
  }
}
