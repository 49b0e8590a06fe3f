internal import NIOSSL

/// Where the load goes: through a proxy with CONNECT, or straight to a server where there is none.
struct Target: Sendable {
  /// `host:port` of whom to connect to.
  let endpoint: (host: String, port: Int)
  let isProxy: Bool
  let host: String
  let port: Int
  let tls: NIOSSLContext

  struct Unusable: Error {}

  init(proxy: String, host: String, authority: String) throws {
    guard let target = Self.split(host[...]) else { throw Unusable() }
    (self.host, port) = target
    isProxy = proxy != "-"
    guard let endpoint = isProxy ? Self.split(proxy[...]) : target else { throw Unusable() }
    self.endpoint = endpoint
    tls = try TLS.client(authority: authority)
  }

  private static func split(_ text: Substring) -> (String, Int)? {
    guard let colon = text.lastIndex(of: ":"), let port = Int(text[text.index(after: colon)...]) else { return nil }
    return (String(text[..<colon]), port)
  }
}
