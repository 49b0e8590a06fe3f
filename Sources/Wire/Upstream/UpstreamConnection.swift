package import NIOCore

/// A connection that stands, TLS included.
///
/// Its channel reads only when told to (`autoRead` is off) and has no handlers but TLS: whoever gets it adds handlers
/// and then reads, on the channel's loop and in the very callback.
package struct UpstreamConnection: Sendable {
  package let channel: any Channel
  /// What ALPN agreed on; `nil` without TLS or agreement.
  package let negotiatedProtocol: String?
  /// `192.0.2.7:443`, `[2001:db8::7]:443` or `unix:/path`: where the socket is really connected to.
  package let remoteAddress: String
}
