internal import NIOSSL

/// Where the load goes: through a proxy with CONNECT, or straight to a server where there is none.
struct Target: Sendable {
  /// `host:port` of whom to connect to.
  let endpoint: (host: String, port: Int)
  let isProxy: Bool
  let host: String
  let port: Int
  let tls: NIOSSLContext
  /// Speaks HTTP/2.
  let tls2: NIOSSLContext

  /// As a Host field says it.
  var authority: String { port == 443 ? host : "\(host):\(port)" }

  struct Unusable: Error {}

  init(proxy: String, host: String, authority: String) throws {
    guard let target = Self.split(host[...]) else { throw Unusable() }
    (self.host, port) = target
    isProxy = proxy != "-"
    guard let endpoint = isProxy ? Self.split(proxy[...]) : target else { throw Unusable() }
    self.endpoint = endpoint
    tls = try TLS.client(authority: authority)
    tls2 = try TLS.client(authority: authority, protocols: ["h2"])
  }

  private static func split(_ text: Substring) -> (String, Int)? {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]) else { return nil }
    return (String(text[..<colon]), port)
  }
}
